package dev.headwater.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.backbone.Embedding;
import dev.headwater.event.ContentHash;
import dev.headwater.learner.model.FloatCodec;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class SeenImageTest {
  private static final byte[] DIGEST = ContentHash.of("a file".getBytes(UTF_8));

  private static SeenImage image(float[] values, Optional<Boolean> label) {
    return new SeenImage(
        DIGEST,
        "m",
        "Ort",
        "ab".repeat(32),
        Embedding.copyOf(values),
        0.123456789,
        42,
        Optional.of(false),
        label);
  }

  @Test
  void shouldReadWhatItWrote() {
    for (var label :
        java.util.List.of(Optional.of(true), Optional.of(false), Optional.<Boolean>empty())) {
      var image = image(new float[] {0, 1, 0.5f, -2}, label);
      assertThat(SeenImage.read(image.write())).usingRecursiveComparison().isEqualTo(image);
    }
  }

  @Test
  void shouldTakeLittleMoreThanTwoBytesANumber() {
    assertThat(image(new float[1280], Optional.empty()).write()).hasSizeBetween(2_560, 2_700);
  }

  @Test
  void shouldKeepEachNumberToOnePartIn256() {
    var random = new SplittableRandom(4);
    var values = new float[1280];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.exp(random.nextDouble(-20, 13)) * (random.nextBoolean() ? 1 : -1);
    }
    var read = SeenImage.read(image(values, Optional.empty()).write()).embedding();
    for (int i = 0; i < values.length; i++) {
      assertThat(Math.abs(read.value(i) - values[i]))
          .isLessThanOrEqualTo(Math.abs(values[i]) / 256);
    }
  }

  @Test
  void shouldRoundToTheNearestAndTiesToEven() {
    assertThat(FloatCodec.ofBfloat16(FloatCodec.toBfloat16(1.0f + 1f / 256))).isEqualTo(1.0f);
    assertThat(FloatCodec.ofBfloat16(FloatCodec.toBfloat16(1.0f + 3f / 256)))
        .isEqualTo(1.0f + 4f / 256);
    assertThat(FloatCodec.ofBfloat16(FloatCodec.toBfloat16(1.0f + 1.1f / 256)))
        .isEqualTo(1.0f + 2f / 256);
    assertThat(FloatCodec.ofBfloat16(FloatCodec.toBfloat16(-0.0f))).isEqualTo(-0.0f);
  }

  @Test
  void shouldWriteTheBytesOfFormatOne() {
    var image =
        new SeenImage(
            new byte[ContentHash.BYTES],
            "m",
            "Ort",
            "ab",
            Embedding.copyOf(new float[] {0, 1, 0.5f, -2}),
            0.75,
            42,
            Optional.of(false),
            Optional.of(true));
    assertThat(HexFormat.of().formatHex(image.write()))
        .isEqualTo(
            "010000000000000000000000000000000000016d00034f7274000261623fe800000000"
                + "0000000000000000002a000100003f803f00c000");
  }

  @Test
  void shouldRefuseAFormatItDoesNotKnow() {
    byte[] bytes = image(new float[] {1}, Optional.empty()).write();
    bytes[0] = 9;
    assertThatThrownBy(() -> SeenImage.read(bytes))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("format 9");
  }

  @Test
  void shouldKeepAWaitingLabelAsItCame() {
    var headers = new RecordHeaders();
    headers.add("a", "1".getBytes(UTF_8)).add("a", null).add("b", new byte[0]);
    for (byte[] key : new byte[][] {null, {}, "k".getBytes(UTF_8)}) {
      var label =
          new PendingLabel(
              "cat", new Origin(key, "v".getBytes(UTF_8), "t.labels", 3, 1L << 40), headers);
      assertThat(PendingLabel.read(label.write())).usingRecursiveComparison().isEqualTo(label);
    }
  }
}
