package dev.headwater.learner.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.backbone.Embedding;
import dev.headwater.event.ModelCommand;
import dev.headwater.event.SnapshotImport;
import dev.headwater.learner.model.LearnerInput.Flush;
import dev.headwater.learner.model.LearnerInput.Observation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearnerInputCodecTest {
  private static final Embedding EMBEDDING = Embedding.copyOf(new float[] {0, -1.5f, 6, 1e-30f});

  private static Observation observation(Optional<Boolean> label) {
    return new Observation(
        "写真 7",
        "line-2",
        "ab".repeat(32),
        EMBEDDING,
        label,
        0.123456789,
        42,
        Optional.of(label.orElse(true)));
  }

  @Test
  void shouldReadBackWhatItWrote() {
    for (var label : java.util.List.of(Optional.of(true), Optional.of(false))) {
      assertRoundTrip(observation(label));
    }
    assertRoundTrip(observation(Optional.empty()));
    assertRoundTrip(
        new Observation("", "", "", EMBEDDING, Optional.empty(), 0.5, 0, Optional.empty()));
    assertRoundTrip(new Flush(0));
    assertRoundTrip(new Flush(Long.MAX_VALUE));
  }

  private static void assertRoundTrip(LearnerInput input) {
    assertThat(LearnerInputCodec.read(LearnerInputCodec.write(input))).isEqualTo(input);
  }

  @Test
  void shouldWriteAnEmbeddingOf1280FloatsInLessThanSixKilobytes() {
    var wide = Embedding.copyOf(new float[1280]);
    var input =
        new Observation(
            "id", "d", "ab".repeat(32), wide, Optional.of(true), 0.5, 1, Optional.of(false));
    assertThat(LearnerInputCodec.write(input)).hasSizeLessThan(6_000);
  }

  @Test
  void shouldRefuseBytesThatEndEarlyAnywhere() {
    for (var input : new LearnerInput[] {observation(Optional.of(true)), new Flush(7)}) {
      byte[] whole = LearnerInputCodec.write(input);
      for (int length = 0; length < whole.length; length++) {
        assertRefused(Arrays.copyOf(whole, length));
      }
    }
  }

  @Test
  void shouldRefuseBytesThatGoOnAfterTheEnd() {
    byte[] flush = LearnerInputCodec.write(new Flush(7));
    assertRefused(Arrays.copyOf(flush, flush.length + 1));
    byte[] observation = LearnerInputCodec.write(observation(Optional.empty()));
    assertRefused(Arrays.copyOf(observation, observation.length + 4));
  }

  @Test
  void shouldRefuseARecordWithoutAValue() {
    assertRefused(null);
    assertRefused(new byte[0]);
  }

  @Test
  void shouldSayWhichFormatItReads() {
    assertThatThrownBy(() -> LearnerInputCodec.read(new byte[] {3, 1}))
        .hasMessage("unknown example format 3: this build reads 2");
    assertThatThrownBy(() -> LearnerInputCodec.read(new byte[] {2, 9}))
        .hasMessage("unknown example type 9");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1_000})
  void shouldRefuseALengthThatTheBytesDoNotHaveWithoutReservingIt(int length) {
    byte[] bytes = LearnerInputCodec.write(observation(Optional.empty()));
    ByteBuffer.wrap(bytes).putInt(2, length);
    assertThatThrownBy(() -> LearnerInputCodec.read(bytes))
        .isInstanceOf(UnreadableExampleException.class)
        .hasMessageContaining("field of length " + length);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void shouldRefuseAnEmbeddingThatIsNotFinite(float value) {
    byte[] bytes = LearnerInputCodec.write(observation(Optional.of(true)));
    ByteBuffer.wrap(bytes).putFloat(bytes.length - 4, value);
    assertRefused(bytes);
  }

  @Test
  void shouldRefuseAPredictionOfAVersionWithoutItsClass() {
    byte[] bytes = LearnerInputCodec.write(observation(Optional.of(true)));
    bytes[bytes.length - 16 - 4 - 1] = -1;
    assertThatThrownBy(() -> LearnerInputCodec.read(bytes))
        .isInstanceOf(UnreadableExampleException.class)
        .hasMessage(
            "example predicted by snapshot version 42 without the class that was predicted");
  }

  @Test
  void shouldRefuseAnEmptyEmbedding() {
    byte[] bytes = LearnerInputCodec.write(observation(Optional.of(true)));
    byte[] cut = Arrays.copyOf(bytes, bytes.length - 16);
    ByteBuffer.wrap(cut).putInt(cut.length - 4, 0);
    assertRefused(cut);
  }

  @Test
  void shouldRefuseALabelThatIsNeither() {
    byte[] bytes = LearnerInputCodec.write(observation(Optional.of(true)));
    int label = bytes.length - 16 - 4 - 1 - 8 - 8 - 1;
    assertThat(bytes[label]).isEqualTo((byte) 1);
    bytes[label] = 5;
    assertRefused(bytes);
  }

  @Test
  void shouldRefuseWhatCannotBeScored() {
    byte[] good = LearnerInputCodec.write(observation(Optional.of(true)));
    int version = good.length - 16 - 4 - 1 - 8;
    for (double probability :
        new double[] {Double.NaN, -1e-9, 1.0000001, Double.POSITIVE_INFINITY}) {
      byte[] bytes = good.clone();
      ByteBuffer.wrap(bytes).putDouble(version - 8, probability);
      assertRefused(bytes);
    }
    byte[] bytes = good.clone();
    ByteBuffer.wrap(bytes).putLong(version, -3);
    assertRefused(bytes);
  }

  @Test
  void shouldNeverFailOtherwiseOnGarbage() {
    var random = new SplittableRandom(1);
    byte[] good = LearnerInputCodec.write(observation(Optional.of(true)));
    for (int n = 0; n < 20_000; n++) {
      byte[] bytes = good.clone();
      for (int flips = random.nextInt(1, 5); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(LearnerInputCodec.read(bytes)).isNotNull();
      } catch (UnreadableExampleException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }

  private static void assertRefused(byte[] bytes) {
    assertThatThrownBy(() -> LearnerInputCodec.read(bytes))
        .isInstanceOf(UnreadableExampleException.class);
  }

  @Test
  void shouldReadRequestsAndRefuseWhatIsNone() {
    var command = ModelCommand.of("c", "m", ModelCommand.Action.PROMOTE, 3);
    var file = new SnapshotImport("i", "m", new byte[] {1, 2, 3});
    for (var request : List.of(command, file)) {
      var input = new LearnerInput.Requested(request);
      assertThat(LearnerInputCodec.read(LearnerInputCodec.write(input))).isEqualTo(input);
    }
    for (String json :
        List.of(
            "null",
            "[]",
            "{",
            "{\"model\":\"m\"}",
            "{\"id\":\"a\",\"model\":\"m\",\"command\":\"promote\"}",
            "{\"id\":\"a\",\"model\":\"no/model\",\"command\":\"pin\"}")) {
      byte[] text = json.getBytes(StandardCharsets.UTF_8);
      var bytes = new byte[text.length + 2];
      bytes[0] = 2;
      bytes[1] = 6;
      System.arraycopy(text, 0, bytes, 2, text.length);
      assertThatThrownBy(() -> LearnerInputCodec.read(bytes))
          .as(json)
          .isInstanceOf(UnreadableExampleException.class);
    }
  }
}
