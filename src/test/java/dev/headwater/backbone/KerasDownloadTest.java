package dev.headwater.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KerasDownloadTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final byte[] CONTENT = new byte[100_000];

  @TempDir private Path folder;

  @Test
  void shouldWriteWhatTheServerSends() {
    try (var server = FileServer.serving(CONTENT)) {
      download(server.url(), LIMIT);
    }
    assertThat(target()).hasBinaryContent(CONTENT);
  }

  @Test
  void shouldRefuseAnswerOtherThanOk() {
    try (var missing = FileServer.serving(404, CONTENT, CONTENT.length)) {
      assertRefused(missing.url(), "the server responds with status 404, expected 200");
    }
  }

  @Test
  void shouldRefuseDownloadThatAnnouncesTooMuch() {
    try (var large = FileServer.serving(200, CONTENT, 1L << 40)) {
      assertRefused(large.url(), "it has 1099511627776 bytes or more, at most 67108864 are taken");
    }
  }

  @Test
  void shouldStopDownloadThatGrowsTooLarge() {
    try (var endless =
        FileServer.answering(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              for (int i = 0; i < 1000; i++) {
                exchange.getResponseBody().write(CONTENT);
              }
            })) {
      assertRefused(endless.url(), "bytes or more, at most 67108864 are taken");
    }
    assertThat(target().toFile()).satisfies(file -> assertThat(file.length()).isLessThan(70 << 20));
  }

  @Test
  void shouldNameUnknownHost() {
    assertRefused(URI.create("http://weights.invalid/x.h5"), "unknown host weights.invalid");
  }

  /** The kernel accepts the connection; the TLS handshake then waits for an answer for ever. */
  @Test
  void shouldGiveUpOnServerThatDoesNotAnswerInTime() throws IOException {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var url = URI.create("https://127.0.0.1:" + silent.getLocalPort() + "/x.h5");
      assertThatThrownBy(() -> download(url, Duration.ofMillis(300)))
          .isInstanceOf(WeightsException.class)
          .hasMessageContaining("no connection within 300 ms");
    }
  }

  private Path target() {
    return folder.resolve("weights.h5");
  }

  private void download(URI url, Duration limit) {
    new KerasDownload(url, limit, Progress.NONE).to(target());
  }

  private void assertRefused(URI url, String reason) {
    assertThatThrownBy(() -> download(url, LIMIT))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("Keras' weights could not be downloaded from " + url)
        .hasMessageContaining(reason);
  }
}
