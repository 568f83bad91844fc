package dev.headwater.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.api.Bodies.TooLargeException;
import dev.headwater.api.Bodies.TooManyException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is read of bodies, and what is not. */
class BodiesTest {
  private final Bodies bodies = new Bodies(4 << 10, 20);

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
        .hasMessage("the image has 1001 bytes, at most 1000 are taken");
    assertThatThrownBy(() -> length(5_000, OptionalLong.empty()))
        .isInstanceOf(TooLargeException.class)
        .hasMessage("the image has more bytes than that, at most 1000 are taken");
  }

  @Test
  void shouldHoldNoMoreAtOnceThanThereIsRoomFor() throws IOException {
    int inner =
        bodies.read(
            body(10),
            3_500,
            4_000,
            "the image",
            file -> {
              assertThatThrownBy(() -> length(10, OptionalLong.of(900)))
                  .isInstanceOf(TooManyException.class)
                  .hasMessageContaining("no room for 1 KiB more");
              return file.length;
            });
    assertThat(inner).isEqualTo(10);
    assertThat(length(10, OptionalLong.of(900))).isEqualTo(10);
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
