package dev.headwater.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.headwater.backbone.BackboneId;
import dev.headwater.backbone.BackboneId.Quality;
import dev.headwater.backbone.Embedding;
import dev.headwater.learner.model.LearnerInput.Observation;
import dev.headwater.learner.model.LearnerInputCodec;
import dev.headwater.snapshot.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LearnerReplayTest {
  private static final String FINGERPRINT = "cd".repeat(32);

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(Quality.class)
  void shouldSayOfItsSnapshotsWhatTheServiceSaysOfItsBackbone(Quality quality) {
    var backbone = new BackboneId("drawn", FINGERPRINT, quality);
    var made = LearnerReplay.snapshots(backbone, labelled(64), directory).get("default");
    assertThat(made)
        .isNotEmpty()
        .map(TopologyFixture::snapshot)
        .extracting(Snapshot::backbone, Snapshot::reducedQuality)
        .containsOnly(tuple(FINGERPRINT, quality == Quality.REDUCED));
  }

  private static List<ConsumerRecord<byte[], byte[]>> labelled(int count) {
    return IntStream.range(0, count).mapToObj(LearnerReplayTest::labelledImage).toList();
  }

  private static ConsumerRecord<byte[], byte[]> labelledImage(int n) {
    boolean positive = n % 2 == 0;
    var image =
        new Observation(
            "image-" + n,
            "default",
            FINGERPRINT,
            Embedding.copyOf(new float[] {positive ? 1 : 0, positive ? 0 : 1, 0.5f}),
            Optional.of(positive),
            0.5,
            0,
            Optional.empty());
    return record(n, "default".getBytes(UTF_8), LearnerInputCodec.write(image));
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset, byte[] key, byte[] value) {
    return new ConsumerRecord<>(
        "headwater.examples",
        0,
        offset,
        offset,
        TimestampType.CREATE_TIME,
        key.length,
        value.length,
        key,
        value,
        new RecordHeaders(),
        Optional.empty());
  }
}
