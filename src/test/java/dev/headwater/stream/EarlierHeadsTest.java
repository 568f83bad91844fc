package dev.headwater.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.backbone.BackboneId;
import dev.headwater.backbone.Embedding;
import dev.headwater.event.RejectedException;
import dev.headwater.head.LearnerSettings;
import dev.headwater.head.TrainingState;
import dev.headwater.stream.LearnerInput.Observation;
import dev.headwater.stream.LearnerOutput.NewSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A model that a build without a discriminant has trained goes on learning. */
class EarlierHeadsTest {
  private static final int INPUTS = 6;
  private static final String MODEL = "m";
  private static final String FINGERPRINT = "ab".repeat(32);
  private static final LearnerSettings SETTINGS = new LearnerSettings(4, 2, 100, 1);

  private final HeapStore progress = new HeapStore();
  private final HeapStore tensors = new HeapStore();
  private final HeapStore examples = new HeapStore();
  private final LearnerStores stores = open();

  private LearnerStores open() {
    return new LearnerStores(
        new LearnerBytes<>(
            progress,
            tensors,
            examples,
            new HeapStore(),
            new HeapStore(),
            new HeapStore(),
            new HeapStore()));
  }

  private static ModelLearner learner() {
    return new ModelLearner(
        new LearnerConfiguration(
            new BackboneId("test", FINGERPRINT, BackboneId.Quality.FULL),
            INPUTS,
            SETTINGS,
            new SnapshotPolicy(16, Duration.ofSeconds(10)),
            new ModelCatalog(List.of(), true, 10),
            DriftReaction.ADAPT,
            ReleaseRules.DEFAULT));
  }

  private static Observation observation(int number) {
    boolean positive = number % 2 == 0;
    var values = new float[INPUTS];
    values[0] = positive ? 1 : -1;
    values[1 + number % (INPUTS - 1)] = 0.3f;
    return new Observation(
        "image-" + number,
        "d",
        FINGERPRINT,
        Embedding.copyOf(values),
        Optional.of(positive),
        0.5,
        0,
        Optional.empty());
  }

  @Test
  void shouldGoOnFromWeightsOfTwoHiddenUnitsMoreAndFitTheDiscriminantAtOnce()
      throws RejectedException {
    var learner = learner();
    for (int n = 0; n < 20; n++) {
      learner.accept(stores, MODEL, observation(n), Instant.EPOCH);
    }
    leaveWhatTheEarlierBuildLeft();

    var reopened = open();
    var probe = observation(20);
    var outputs = learner().accept(reopened, MODEL, probe, Instant.EPOCH);

    assertThat(outputs).as("4 more before the next snapshot").isEmpty();
    assertThat(reopened.blend(MODEL).orElseThrow().linear().score(probe.embedding())).isPositive();
    var head = headAfter(reopened, 21, 32);
    assertThat(head.snapshot().head().parameters().hidden()).isEqualTo(128);
    assertThat(head.snapshot().head().probability(probe.embedding())).isGreaterThan(0.7);
    assertThat(reopened.training(MODEL, 1).weights().hidden()).isEqualTo(126);
  }

  private void leaveWhatTheEarlierBuildLeft() {
    var earlier = TrainingState.initial(INPUTS, 1);
    open().saveTraining(MODEL, earlier);
    for (String kept : List.of("linear_vote", "votes", "calibration")) {
      tensors.delete(MODEL + "/" + kept);
    }
  }

  private static NewSnapshot headAfter(LearnerStores stores, int from, int to)
      throws RejectedException {
    NewSnapshot newest = null;
    for (int n = from; n < to; n++) {
      for (var output : learner().accept(stores, MODEL, observation(n), Instant.EPOCH)) {
        newest = output instanceof NewSnapshot snapshot ? snapshot : newest;
      }
    }
    assertThat(newest).isNotNull();
    return newest;
  }
}
