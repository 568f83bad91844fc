package dev.headwater.learner.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.backbone.Embedding;
import dev.headwater.evaluation.Judgement;
import dev.headwater.event.ModelEvent.Kind;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.head.Reservoir;
import dev.headwater.learner.model.HeapStore;
import dev.headwater.learner.release.ReleaseRecord.CommandReply;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The bytes of all that is kept of a model's versions. A change here is a change of format: stores
 * of users hold bytes like these.
 */
class GoldenStateTest {
  private final HeapStore store = new HeapStore();
  private final VersionStore versions = new VersionStore("m", store);

  @Test
  void shouldWriteAnImageThatHeadsAreComparedOnAsEver() {
    var example =
        new ComparisonExample(
            7,
            "id",
            "dö",
            new Judgement(0.25f, false, true),
            true,
            Embedding.copyOf(new float[] {1, -0.5f}));
    String golden = "00000000000000077e800000010000000269640000000364c3b63f800000bf00" + "0000";
    assertThat(HexFormat.of().formatHex(example.bytes())).isEqualTo(golden);
    assertThat(ComparisonExample.of(HexFormat.of().parseHex(golden))).isEqualTo(example);
  }

  @Test
  void shouldWriteTheReleaseRecordAsEver() {
    var fixture = new ReleaseFixture(PromotionPolicy.GATED);
    var kept = fixture.kept(4, 120);
    var record =
        new ReleaseRecord(
            ReleaseRecord.FORMAT,
            4,
            List.of(3L, 4L),
            120,
            64,
            true,
            false,
            100,
            4,
            3,
            fixture.config(),
            PromotionPolicy.MANUAL,
            "0.4",
            130,
            new Reservoir(100, List.of(new Reservoir.Group("dö", false, 9, 4))),
            List.of(kept),
            List.of(new CommandReply("c", "ab", Kind.PINNED, 4, "pinned")));
    versions.save(record);
    assertThat(new String(store.get("m/release"), UTF_8)).isEqualTo(RECORD);
    assertThat(versions.record()).contains(record);
  }

  private static final String RECORD =
      """
      {"format":2,"served":4,"history":[3,4],"servedSince":120,\
      "followedSince":64,"pinned":true,"gateRequired":false,"regressedAt":100,\
      "base":4,"rolledTrainingBackTo":3,\
      "config":{"policy":"gated","threshold":"0.5","onRegression":"REPORT","keep":10,\
      "training":{"classes":["negative","positive"],"learner":{"batchSize":8,"replayBatches":4,\
      "reservoirCapacity":2000,"seed":42},\
      "snapshotExamples":64,"onDrift":"ADAPT"}},\
      "policy":"manual","threshold":"0.4","compared":130,\
      "heldOut":{"capacity":100,"groups":[{"domain":"dö","positive":false,"seen":9,"size":4}]},\
      "versions":[{"version":{"version":4,\
      "parent":3,"createdAt":"2026-01-01T00:00:00Z","createdBy":"training","examples":40,\
      "accuracy":0.75,"windowAccuracy":null,"backbone":"abababababababababababababababababababababababababababababababab",\
      "classes":["negative","positive"],"threshold":0.5,"served":false},\
      "labels":120,"imported":false}],\
      "replies":[{"id":"c","request":"ab","kind":"pinned","version":4,"message":"pinned"}]}\
      """;

  @Test
  void shouldLeaveOutOfTheReleaseRecordWhatWasNotCommanded() {
    versions.save(ReleaseRecord.initial(0, new ReleaseFixture(PromotionPolicy.GATED).config()));
    assertThat(new String(store.get("m/release"), UTF_8))
        .contains(
            "\"rolledTrainingBackTo\":0,\"config\":{\"policy\":\"gated\",\"threshold\":\"0.5\"")
        .endsWith("},\"versions\":[],\"replies\":[]}")
        .doesNotContain("null");
  }

  @Test
  void shouldRefuseAReleaseRecordOfAnotherFormat() {
    store.put("m/release", "{\"format\":1}".getBytes(UTF_8));
    assertThatThrownBy(versions::record)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the versions of model m have format 1: this build reads 2; start the build that wrote"
                + " them");
  }

  @Test
  void shouldKeepFilesUnderTheNumberOfTheVersion() {
    versions.saveFile(12, new byte[] {1});
    assertThat(store.get("m/version/12")).containsExactly(1);
    assertThat(VersionStore.file("m", 12, store)).containsExactly(1);
    assertThat(VersionStore.file("n", 12, store)).isNull();
  }
}
