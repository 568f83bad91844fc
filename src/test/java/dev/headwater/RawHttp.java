package dev.headwater;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** HTTP as bytes, for headers that Java's client does not let anyone choose. */
final class RawHttp {
  private RawHttp() {}

  /** Returns the first line of the answer to a GET on loopback, such as {@code HTTP/1.1 200 OK}. */
  static String statusLine(int port, String path, String... headers) throws IOException {
    String lines = String.join("\r\n", headers);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      String request = "GET %s HTTP/1.1\r\n%s\r\nConnection: close\r\n\r\n".formatted(path, lines);
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      return answer.lines().findFirst().orElse("nothing");
    }
  }
}
