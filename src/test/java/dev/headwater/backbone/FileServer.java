package dev.headwater.backbone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** A web server on the loopback interface that answers every request alike. */
final class FileServer implements AutoCloseable {
  private final HttpServer server;
  private final AtomicInteger requests = new AtomicInteger();

  /** How a request is answered. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private FileServer(Answer answer) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          try (exchange) {
            answer.to(exchange);
          }
        });
    server.start();
  }

  static FileServer answering(Answer answer) {
    try {
      return new FileServer(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static FileServer serving(byte[] content) {
    return serving(200, content, content.length);
  }

  /** Announces {@code length} bytes and sends {@code content}. */
  static FileServer serving(int status, byte[] content, long length) {
    return answering(
        exchange -> {
          exchange.sendResponseHeaders(status, length);
          exchange.getResponseBody().write(content);
        });
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/weights.h5");
  }

  int requests() {
    return requests.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
