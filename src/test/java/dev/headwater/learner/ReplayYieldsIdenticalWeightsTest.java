package dev.headwater.learner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.backbone.Embedding;
import dev.headwater.head.LearnerSettings;
import dev.headwater.learner.model.DriftReaction;
import dev.headwater.learner.model.HeapStore;
import dev.headwater.learner.model.LearnerByteStores;
import dev.headwater.learner.model.LearnerInput;
import dev.headwater.learner.model.LearnerInput.Corrected;
import dev.headwater.learner.model.LearnerInput.Flush;
import dev.headwater.learner.model.LearnerInput.Labelled;
import dev.headwater.learner.model.LearnerInput.Observation;
import dev.headwater.learner.model.LearnerInput.Repeated;
import dev.headwater.learner.model.LearnerInputCodec;
import dev.headwater.learner.model.LearnerOutput.NewSnapshot;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ReleaseRules;
import dev.headwater.learner.model.SnapshotPolicy;
import dev.headwater.snapshot.SnapshotFile;
import dev.headwater.stream.FakeBackbone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The same inputs in the same order give the same bytes, however often the process restarts. */
class ReplayYieldsIdenticalWeightsTest {
  private static final int INPUTS = 12;
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final FakeBackbone BACKBONE = new FakeBackbone();

  /** One life of a process whose learner keeps all it knows in bytes. */
  private static final class Life {
    private final LearnerByteStores<HeapStore> saved;
    private final HeapStore journals;
    private final OpenModels models;
    private final List<byte[]> snapshots;

    Life() {
      this(LearnerByteStores.of(name -> new HeapStore()), new HeapStore(), new ArrayList<>());
    }

    private Life(LearnerByteStores<HeapStore> saved, HeapStore journals, List<byte[]> snapshots) {
      this.saved = saved;
      this.journals = journals;
      this.snapshots = snapshots;
      var settings = new LearnerSettings(4, 2, 30, 5);
      var learner =
          new ModelLearner(
              new LearnerConfiguration(
                  BACKBONE.id(),
                  INPUTS,
                  settings,
                  new SnapshotPolicy(16, Duration.ofSeconds(10)),
                  new ModelCatalog(List.of(), true, 10),
                  DriftReaction.ADAPT,
                  ReleaseRules.DEFAULT));
      models = new OpenModels(learner, saved, journals, new LiveModels());
    }

    /** What finds the stores as they are, and nothing that was in memory only. */
    Life restarted() {
      return new Life(saved.through(HeapStore::reopened), journals.reopened(), snapshots);
    }

    void accept(String model, LearnerInput input) {
      try {
        var entry = new Journal.Entry(TIME, LearnerInputCodec.write(input));
        for (var output : models.get(model).accept(input, entry)) {
          if (output instanceof NewSnapshot made) {
            snapshots.add(SnapshotFile.write(made.snapshot()));
          }
        }
      } catch (dev.headwater.event.RejectedException e) {
        throw new AssertionError(e);
      }
    }

    /** Writes what is in memory only. */
    Life rested() {
      models.atWork().forEach(OpenModel::checkpoint);
      return this;
    }
  }

  @Test
  void shouldGiveTheSameSnapshotsAndStateInEveryRun() {
    var first = new Life();
    var second = new Life();
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
    var steady = new Life();
    var restarting = new Life();
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
    var alone = new Life();
    var shared = new Life();
    for (var input : inputs(120)) {
      alone.accept("m", input);
      shared.accept("m", input);
      shared.accept("n", input);
    }
    alone.rested();
    shared.rested();
    assertThat(shared.saved.tensors().get("m/weights/dense/kernel"))
        .isEqualTo(alone.saved.tensors().get("m/weights/dense/kernel"));
    assertThat(shared.saved.progress().get("m")).isEqualTo(alone.saved.progress().get("m"));
  }

  @Test
  void shouldGiveTheWeightsThatBeforeAnAbortWereNotKept() {
    var steady = new Life();
    var aborting = new Life();
    for (var input : inputs(100)) {
      steady.accept("m", input);
      var kept = aborting.restarted();
      int made = aborting.snapshots.size();
      aborting.accept("m", input);
      aborting.snapshots.subList(made, aborting.snapshots.size()).clear();
      kept.accept("m", input);
      aborting = kept;
    }
    assertSame(aborting, steady);
  }

  private static void assertSame(Life actual, Life expected) {
    assertThat(actual.snapshots).hasSizeGreaterThan(5).hasSameSizeAs(expected.snapshots);
    for (int i = 0; i < actual.snapshots.size(); i++) {
      assertThat(actual.snapshots.get(i))
          .as("snapshot %d", i + 1)
          .isEqualTo(expected.snapshots.get(i));
    }
    assertSameStores(actual.journals, expected.journals, actual.saved, expected.saved);
    assertSameStores(
        actual.journals, expected.journals, actual.rested().saved, expected.rested().saved);
  }

  private static void assertSameStores(
      HeapStore journals,
      HeapStore expectedJournals,
      LearnerByteStores<HeapStore> actual,
      LearnerByteStores<HeapStore> expected) {
    assertEntries(journals, expectedJournals);
    for (int i = 0; i < expected.all().size(); i++) {
      assertEntries(actual.all().get(i), expected.all().get(i));
    }
  }

  private static void assertEntries(HeapStore actual, HeapStore expected) {
    assertThat(actual.entries().keySet()).isEqualTo(expected.entries().keySet());
    expected
        .entries()
        .forEach((key, value) -> assertThat(actual.get(key)).as("%s", key).isEqualTo(value));
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
        BACKBONE.id().fingerprint(),
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
