package dev.headwater.learner.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.backbone.Embedding;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FloatCodecTest {

  @Test
  void shouldGiveBackEveryBitOf32() {
    float[] values = {0, -0f, 1f / 3, Float.MIN_VALUE, -Float.MAX_VALUE};
    assertThat(FloatCodec.floats(FloatCodec.bytes(values))).containsExactly(values);
    assertThat(FloatCodec.bytes(1)).containsExactly(0x3f, 0x80, 0, 0);
  }

  @Test
  void shouldStandAfterWhatItMoved() {
    var buffer = ByteBuffer.allocate(13).put((byte) 9);
    FloatCodec.put(buffer, Embedding.copyOf(new float[] {1, 2}));
    assertThat(buffer.put((byte) 7).position()).isEqualTo(10);
    buffer.position(1);
    assertThat(FloatCodec.get(buffer, 2)).containsExactly(1, 2);
    assertThat(buffer.get()).isEqualTo((byte) 7);
  }

  @Test
  void shouldKeepTheUpperHalfIn16() {
    assertThat(FloatCodec.toBfloat16(1)).isEqualTo((short) 0x3f80);
    assertThat(FloatCodec.ofBfloat16((short) 0x3f80)).isEqualTo(1);
    assertThat(FloatCodec.ofBfloat16(FloatCodec.toBfloat16(-0f))).isEqualTo(-0f);
  }

  @Test
  void shouldRoundToTheNearestAndTiesToEven() {
    assertThat(FloatCodec.toBfloat16(Float.intBitsToFloat(0x3f807fff))).isEqualTo((short) 0x3f80);
    assertThat(FloatCodec.toBfloat16(Float.intBitsToFloat(0x3f808001))).isEqualTo((short) 0x3f81);
    assertThat(FloatCodec.toBfloat16(Float.intBitsToFloat(0x3f808000))).isEqualTo((short) 0x3f80);
    assertThat(FloatCodec.toBfloat16(Float.intBitsToFloat(0x3f818000))).isEqualTo((short) 0x3f82);
  }

  @Test
  void shouldErrByAtMostOnePartIn256() {
    var random = new SplittableRandom(3);
    var values = new float[1_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextDouble(-1, 1) * StrictMath.pow(10, random.nextInt(-20, 20)));
    }
    var buffer = ByteBuffer.allocate(2 * values.length);
    FloatCodec.putBfloat16(buffer, values);
    float[] found = FloatCodec.getBfloat16(buffer.flip(), values.length);
    for (int i = 0; i < values.length; i++) {
      assertThat(found[i]).isCloseTo(values[i], within(Math.abs(values[i]) / 256));
    }
    assertThat(FloatCodec.ofBfloat16(FloatCodec.toBfloat16(3.3e38f))).isFinite();
  }
}
