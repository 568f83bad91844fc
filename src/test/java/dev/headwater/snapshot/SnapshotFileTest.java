package dev.headwater.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.backbone.Embedding;
import dev.headwater.head.DenseHead;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SnapshotFileTest {
  private static final int MIB = 1 << 20;

  @Test
  void shouldWriteTheGoldenFileByteForByte() throws Exception {
    assertThat(SnapshotFile.write(GoldenSnapshot.snapshot())).isEqualTo(GoldenSnapshot.bytes());
  }

  @Test
  void shouldReadTheGoldenFile() throws Exception {
    var snapshot = SnapshotFile.read(GoldenSnapshot.bytes());
    assertThat(snapshot).isEqualTo(GoldenSnapshot.snapshot());
    assertThat(snapshot.head().parameters().copyOfKernel()[1]).isEqualTo(-13 / 32f);
  }

  @Test
  void shouldWriteWhatItRead() throws Exception {
    var snapshot = SnapshotFile.read(GoldenSnapshot.bytes());
    assertThat(SnapshotFile.write(snapshot)).isEqualTo(GoldenSnapshot.bytes());
  }

  @Test
  void shouldAlignTheValuesForThoseWhoMapTheFile() throws Exception {
    var length = ByteBuffer.wrap(GoldenSnapshot.bytes()).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertThat(length % 8).isZero();
  }

  @Test
  void shouldStateTheFormatAndItsVersionFirst() throws Exception {
    var header = new String(CraftedFile.header(GoldenSnapshot.bytes()), UTF_8);
    assertThat(header)
        .startsWith("{\"__metadata__\":{\"format\":\"headwater-head\",\"format_version\":\"1\"");
  }

  @Test
  void shouldKeepTensorsUnderKafkasDefaultRecordLimitWithRoomForTheHeader() {
    byte[] file = SnapshotFile.write(withHead(DenseHead.initial(1280, 1)));
    assertThat(file.length).isBetween(656_388, MIB);
  }

  @Test
  void shouldNeedNothingButTheFileToRecomputeAProbability() throws Exception {
    var random = new SplittableRandom(3);
    var trained = withHead(DenseHead.initial(1280, 5));
    for (var snapshot : List.of(GoldenSnapshot.snapshot(), trained)) {
      var file = new SafetensorsByHand(SnapshotFile.write(snapshot));
      for (int n = 0; n < 20; n++) {
        float[] embedding = embedding(snapshot.head().parameters().inputs(), random);
        assertThat(file.probability(embedding))
            .isCloseTo(snapshot.head().probability(Embedding.copyOf(embedding)), within(1e-6));
      }
      assertThat(file.metadata("version")).isEqualTo(Long.toString(snapshot.version()));
    }
  }

  private static float[] embedding(int size, SplittableRandom random) {
    var values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextDouble(0, 6);
    }
    return values;
  }

  @Test
  void shouldTakeAHeaderThatListsTensorsInAnotherOrderThanTheyLie() throws Exception {
    byte[] file =
        CraftedFile.withHeader(header -> header.set("dense/kernel", header.remove("dense/kernel")));
    assertThat(SnapshotFile.read(file)).isEqualTo(GoldenSnapshot.snapshot());
  }

  @Test
  void shouldLeaveScoresOutThatThereAreNot() throws Exception {
    assertThat(GoldenSnapshot.snapshot().windowAccuracy()).isEmpty();
    assertThat(new String(CraftedFile.header(GoldenSnapshot.bytes()), UTF_8))
        .contains("\"accuracy\":\"0.9375\"")
        .doesNotContain("window_accuracy");
  }

  @Test
  void shouldRefuseToMakeASnapshotThatNoReaderWouldTake() {
    var golden = GoldenSnapshot.snapshot();
    assertThatThrownBy(() -> with(0, golden.classes(), 0.5))
        .hasMessage("snapshot version 0, expected 1 or more");
    assertThatThrownBy(() -> with(1, List.of("one"), 0.5)).hasMessage("1 class names, expected 2");
    for (double threshold : new double[] {0, 1, -1, Double.NaN}) {
      assertThatThrownBy(() -> with(1, golden.classes(), threshold))
          .hasMessage("threshold %s, expected more than 0 and less than 1", threshold);
    }
  }

  private static Snapshot with(long version, List<String> classes, double threshold) {
    return new Snapshot(
        "m",
        version,
        0,
        "f",
        false,
        classes,
        threshold,
        1,
        Optional.empty(),
        Optional.empty(),
        Instant.EPOCH,
        "test",
        GoldenSnapshot.head());
  }

  private static Snapshot withHead(DenseHead head) {
    return new Snapshot(
        "m",
        1,
        0,
        "f",
        false,
        List.of("negative", "positive"),
        0.5,
        8,
        Optional.of(0.5),
        Optional.of(0.5),
        Instant.EPOCH,
        "test",
        head);
  }
}
