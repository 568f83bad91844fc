package dev.headwater.learner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.backbone.Embedding;
import dev.headwater.head.LearnerSettings;
import dev.headwater.learner.model.LearnerInput;
import dev.headwater.learner.model.LearnerInput.Corrected;
import dev.headwater.learner.model.LearnerInput.Flush;
import dev.headwater.learner.model.LearnerInput.Labelled;
import dev.headwater.learner.model.LearnerInput.Observation;
import dev.headwater.learner.model.LearnerInput.Repeated;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The same inputs in the same order give the same bytes, however often the process restarts. */
class ReplayYieldsIdenticalWeightsTest {
  private static final int INPUTS = 12;

  private static LearnerProcess process() {
    return new LearnerProcess(
        LearnerSetup.of(INPUTS).settings(new LearnerSettings(4, 2, 30, 5)).snapshotEvery(16));
  }

  @Test
  void shouldGiveTheSameSnapshotsAndStateInEveryRun() {
    var first = process();
    var second = process();
    for (var input : inputs(200)) {
      first.accept("m", input);
    }
    for (var input : inputs(200)) {
      second.accept("m", input);
    }
    assertSame(second, first);
  }

  @Test
  void shouldGiveTheSameSnapshotsAndStateWhereverTheProcessRestarts() {
    var steady = process();
    var restarting = process();
    int n = 0;
    for (var input : inputs(200)) {
      steady.accept("m", input);
      restarting.accept("m", input);
      if (n++ % 3 == 0) {
        restarting = restarting.restarted();
      }
    }
    assertSame(restarting, steady);
  }

  @Test
  void shouldGiveAModelTheSameWeightsWhicheverModelsLearnBetween() {
    var alone = process();
    var shared = process();
    for (var input : inputs(120)) {
      alone.accept("m", input);
      shared.accept("m", input);
      shared.accept("n", input);
    }
    alone.rested();
    shared.rested();
    assertThat(shared.saved().tensors().get("m/weights/dense/kernel"))
        .isEqualTo(alone.saved().tensors().get("m/weights/dense/kernel"));
    assertThat(shared.saved().progress().get("m")).isEqualTo(alone.saved().progress().get("m"));
  }

  @Test
  void shouldGiveTheWeightsThatBeforeAnAbortWereNotKept() {
    var steady = process();
    var aborting = process();
    for (var input : inputs(100)) {
      steady.accept("m", input);
      var kept = aborting.restarted();
      int made = aborting.outputs().size();
      aborting.accept("m", input);
      aborting.outputs().subList(made, aborting.outputs().size()).clear();
      kept.accept("m", input);
      aborting = kept;
    }
    assertSame(aborting, steady);
  }

  private static void assertSame(LearnerProcess actual, LearnerProcess expected) {
    assertThat(expected.snapshots()).hasSizeGreaterThan(5);
    LearnerProcess.assertSame(actual.journals(), expected.journals());
    actual.assertSameAs(expected);
    actual.rested().assertSameAs(expected.rested());
    LearnerProcess.assertSame(actual.journals(), expected.journals());
  }

  /**
   * Observations of two domains, one in ten labelled later, one in seven of the others corrected
   * later, some repeated, and now and then a flush.
   */
  private static List<LearnerInput> inputs(int count) {
    var random = new SplittableRandom(21);
    var inputs = new ArrayList<LearnerInput>();
    for (int n = 0; n < count; n++) {
      var values = new float[INPUTS];
      for (int i = 0; i < INPUTS; i++) {
        values[i] = (float) random.nextDouble(0, 2);
      }
      Optional<Boolean> label = n % 10 == 9 ? Optional.empty() : Optional.of(values[0] > values[1]);
      var image = image(n, values, label, random.nextDouble());
      inputs.add(image);
      if (n % 5 == 4) {
        inputs.add(new Repeated());
      }
      if (n >= 12) {
        addLabel(inputs, n - 12);
      }
      if (n % 37 == 36) {
        inputs.add(new Flush(n));
      }
    }
    return inputs;
  }

  private static Observation image(
      int n, float[] values, Optional<Boolean> label, double probability) {
    return new Observation(
        "image-" + n,
        n % 3 == 0 ? "photo" : "sketch",
        LearnerSetup.FINGERPRINT,
        Embedding.copyOf(values),
        label,
        probability,
        n / 20,
        Optional.of(n % 2 == 0));
  }

  /** Adds the late label of an image, or the correction of one. */
  private static void addLabel(List<LearnerInput> inputs, int n) {
    inputs.stream()
        .filter(input -> input instanceof Observation)
        .map(Observation.class::cast)
        .filter(image -> image.imageId().equals("image-" + n))
        .findFirst()
        .ifPresent(
            image -> {
              if (image.positive().isEmpty()) {
                inputs.add(
                    new Labelled(image(n, image.embedding().toArray(), Optional.of(true), 0.5)));
              } else if (n % 7 == 6) {
                var turned = Optional.of(!image.positive().get());
                inputs.add(new Corrected(image(n, image.embedding().toArray(), turned, 0.5)));
              }
            });
  }
}
