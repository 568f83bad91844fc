package dev.headwater.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * The two loopback TCP ports of a broker.
 *
 * @param clients where producers and consumers connect
 * @param controller where the broker reaches its own controller
 */
record BrokerPorts(int clients, int controller) {
  static final String HOST = "127.0.0.1";

  private static final int CONNECT_MILLIS = 1000;

  /**
   * Picks the ports: {@code clients} itself, or a free one for 0, and a free one for the
   * controller.
   *
   * @throws BrokerException if {@code clients} is no port or is taken
   */
  static BrokerPorts pick(int clients) {
    if (clients < 0 || clients > 65_535) {
      throw new BrokerException(
          "port %d does not exist; choose one from 1 to 65535, or 0 for a free one, with --broker-port"
              .formatted(clients));
    }
    if (clients != 0 && answers(clients)) {
      throw inUse(clients, null);
    }
    try (ServerSocket forClients = bind(clients);
        ServerSocket forController = bind(0)) {
      return new BrokerPorts(forClients.getLocalPort(), forController.getLocalPort());
    } catch (IOException e) {
      throw inUse(clients, e);
    }
  }

  /** Tells whether nobody has taken either port. */
  boolean areFree() {
    try (ServerSocket forClients = bind(clients);
        ServerSocket forController = bind(controller)) {
      return forClients.isBound() && forController.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  private static ServerSocket bind(int port) throws IOException {
    return new ServerSocket(port, 1, loopback());
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(HOST, new byte[] {127, 0, 0, 1});
  }

  /** Tells whether someone listens, which some systems let us bind over. */
  private static boolean answers(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(loopback(), port), CONNECT_MILLIS);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  private static BrokerException inUse(int port, IOException cause) {
    if (cause != null && cause.getMessage() != null && cause.getMessage().contains("ermission")) {
      return new BrokerException(
          "port %d may not be opened by user %s; choose another with --broker-port"
              .formatted(port, System.getProperty("user.name")),
          cause);
    }
    return new BrokerException(
        "port %d is in use by another process; choose another with --broker-port".formatted(port),
        cause);
  }
}
