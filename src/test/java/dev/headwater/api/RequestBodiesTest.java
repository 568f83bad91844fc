package dev.headwater.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.api.RequestBodies.TooLargeException;
import dev.headwater.api.RequestBodies.TooManyException;
import dev.headwater.api.RequestBodies.TooSlowException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What is read of bodies, and what is not. */
class RequestBodiesTest {
  private final RequestBodies bodies =
      new RequestBodies(256 << 10, Duration.ofMillis(20), Duration.ofMillis(200));

  private int length(int bytes, OptionalLong stated) throws IOException {
    return bodies.read(body(bytes), stated.orElse(-1), 1_000, "the image", file -> file.length);
  }

  private static InputStream body(int bytes) {
    return new ByteArrayInputStream(new byte[bytes]);
  }

  @Test
  void shouldReadWhatIsWithinTheBoundWhetherItsLengthIsKnownOrNot() throws IOException {
    assertThat(length(1_000, OptionalLong.of(1_000))).isEqualTo(1_000);
    assertThat(length(1_000, OptionalLong.empty())).isEqualTo(1_000);
    assertThat(length(0, OptionalLong.of(0))).isZero();
  }

  @Test
  void shouldRefuseWhatIsLargerByItsWordOrByItsBytes() {
    assertThatThrownBy(() -> length(0, OptionalLong.of(1_001)))
        .isInstanceOf(TooLargeException.class)
        .hasMessage("the image has 1001 bytes, at most 1000 are allowed");
    assertThatThrownBy(() -> length(5_000, OptionalLong.empty()))
        .isInstanceOf(TooLargeException.class)
        .hasMessage("the image has more bytes than that, at most 1000 are allowed");
  }

  @Test
  void shouldHoldNoMoreAtOnceThanThereIsRoomForAndKeepRoomForSmallOnes() throws IOException {
    int inner =
        bodies.read(
            body(10),
            200 << 10,
            1 << 20,
            "the image",
            file -> {
              assertThatThrownBy(() -> large(body(10)))
                  .isInstanceOf(TooManyException.class)
                  .hasMessageContaining("no room for 101 KiB more");
              assertThat(length(900, OptionalLong.of(900))).as("a command").isEqualTo(900);
              return file.length;
            });
    assertThat(inner).isEqualTo(10);
    assertThat(large(body(10))).isEqualTo(10);
  }

  private int large(InputStream in) throws IOException {
    return bodies.read(in, 100 << 10, 1 << 20, "the image", file -> file.length);
  }

  @Test
  void shouldLetGoOfOneWhoSendsAByteNowAndThen() throws IOException {
    var dripping =
        new InputStream() {
          @Override
          public int read() {
            return 1;
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            LockSupport.parkNanos(1_000_000);
            return 1;
          }
        };
    assertThatThrownBy(() -> large(dripping))
        .isInstanceOf(TooSlowException.class)
        .hasMessageStartingWith("the image did not arrive completely within");
    assertThat(large(body(10))).as("the room is free again").isEqualTo(10);
  }

  @Test
  void shouldLetGoOfWhatCouldNotBeUsed() throws IOException {
    for (int n = 0; n < 10; n++) {
      assertThatThrownBy(() -> length(5_000, OptionalLong.empty()))
          .isInstanceOf(TooLargeException.class);
    }
    assertThat(bodies.<Integer, RuntimeException>read(body(9), 9, 4_000, "it", f -> f.length))
        .isEqualTo(9);
  }
}
