package dev.headwater.learner.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFieldsTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "写真 ö"})
  void shouldGiveBackATextInAsManyBytesAsItSays(String text) {
    var buffer = ByteBuffer.allocate(RecordFields.bytes(text));
    RecordFields.putText(buffer, text);
    assertThat(buffer.hasRemaining()).isFalse();
    assertThat(RecordFields.text(buffer.flip())).isEqualTo(text);
    assertThat(buffer.hasRemaining()).isFalse();
  }

  @Test
  void shouldWriteALengthBeforeAText() {
    var buffer = ByteBuffer.allocate(6);
    assertThat(RecordFields.putText(buffer, "ö").array()).containsExactly(0, 0, 0, 2, 0xc3, 0xb6);
  }

  @ParameterizedTest
  @CsvSource({"4, 1, true", "5, 1, false", "1, 4, true", "2, 4, false", "-1, 1, false"})
  void shouldRefuseALengthOfMoreThanIsLeft(int length, int bytesEach, boolean fits) {
    var buffer = ByteBuffer.allocate(8).putInt(length).rewind();
    if (fits) {
      assertThat(RecordFields.length(buffer, bytesEach)).isEqualTo(length);
    } else {
      assertThatThrownBy(() -> RecordFields.length(buffer, bytesEach))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a field of length %d where 4 bytes are left".formatted(length));
    }
  }

  @Test
  void shouldNotOverflowOnALengthThatNoArrayHas() {
    var buffer = ByteBuffer.allocate(8).putInt(Integer.MAX_VALUE).rewind();
    assertThatThrownBy(() -> RecordFields.length(buffer, 4))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldGiveBackAClassOrThatThereIsNone() {
    var buffer = ByteBuffer.allocate(3);
    for (var positive : List.of(Optional.<Boolean>empty(), Optional.of(false), Optional.of(true))) {
      RecordFields.putClass(buffer, positive);
    }
    assertThat(buffer.array()).containsExactly(-1, 0, 1);
    buffer.flip();
    assertThat(RecordFields.readClass(buffer)).isEmpty();
    assertThat(RecordFields.readClass(buffer)).contains(false);
    assertThat(RecordFields.readClass(buffer)).contains(true);
  }

  @Test
  void shouldRefuseWhatIsNoClass() {
    assertThatThrownBy(() -> RecordFields.readClass(ByteBuffer.wrap(new byte[] {2})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a class written as 2, expected -1, 0 or 1");
  }

  @Test
  void shouldReadAllThatIsLeft() {
    var buffer = ByteBuffer.wrap(new byte[] {1, 2, 3}).position(1);
    assertThat(RecordFields.rest(buffer)).containsExactly(2, 3);
    assertThat(RecordFields.rest(buffer)).isEmpty();
  }
}
