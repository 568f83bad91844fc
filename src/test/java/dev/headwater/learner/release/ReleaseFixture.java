package dev.headwater.learner.release;

import dev.headwater.backbone.Embedding;
import dev.headwater.evaluation.Judgement;
import dev.headwater.event.ModelVersion;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.head.DecisionRule;
import dev.headwater.head.DenseHead;
import dev.headwater.head.Example;
import dev.headwater.head.HeadParameters;
import dev.headwater.head.LearnerSettings;
import dev.headwater.head.OnlineLearner;
import dev.headwater.learner.model.DriftReaction;
import dev.headwater.learner.model.EffectiveConfig;
import dev.headwater.learner.model.ExampleStore;
import dev.headwater.learner.model.HeapStore;
import dev.headwater.learner.model.LearnerByteStores;
import dev.headwater.learner.model.LearnerStores;
import dev.headwater.learner.model.ModelMemory;
import dev.headwater.learner.model.ModelState;
import dev.headwater.learner.model.RegressionReaction;
import dev.headwater.learner.release.ReleaseRecord.KeptVersion;
import dev.headwater.snapshot.Snapshot;
import dev.headwater.snapshot.SnapshotFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A model whose versions a test makes as it likes, without training: an image is positive if the
 * first of its two values is 1, and a head is either always right about that or always wrong.
 */
final class ReleaseFixture {
  static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
  static final String BACKBONE = "ab".repeat(32);
  static final int INPUTS = 2;
  static final List<String> CLASSES = List.of("negative", "positive");
  private static final LearnerSettings SETTINGS = new LearnerSettings(8, 4, 2_000, 42);
  static final DenseHead RIGHT = head(8, -4);
  static final DenseHead WRONG = head(-8, 4);

  private final LearnerByteStores<HeapStore> stores = LearnerByteStores.of(name -> new HeapStore());
  private final EffectiveConfig config;
  private final OnlineLearner learner = new OnlineLearner(SETTINGS, INPUTS);
  private final Model model;

  ReleaseFixture(PromotionPolicy policy) {
    this(policy, RegressionReaction.REPORT, "0.5");
  }

  ReleaseFixture(PromotionPolicy policy, RegressionReaction reaction, String threshold) {
    var training = new EffectiveConfig.Training(CLASSES, SETTINGS, 64, DriftReaction.ADAPT);
    config = new EffectiveConfig(policy, threshold, reaction, 10, training);
    var versions = new VersionStore("m", stores.versions());
    var release = new ReleaseState(versions, ReleaseRecord.initial(0, config), config);
    var memory =
        new ModelMemory(
            new LearnerStores("m", stores, new ExampleStore.Cache()),
            ModelState.initial(BACKBONE, false, 0, 100),
            DecisionRule.parse(threshold),
            learner.untrained());
    model = new Model(memory, release);
  }

  EffectiveConfig config() {
    return config;
  }

  HeapStore versions() {
    return stores.versions();
  }

  OnlineLearner learner() {
    return learner;
  }

  Model model() {
    return model;
  }

  ReleaseState release() {
    return model.release();
  }

  /** Labels taken so far. */
  long labels() {
    return model.memory().labels();
  }

  /** Returns a head whose log-odds follow from the first value alone. */
  static DenseHead head(float weight, float bias) {
    var kernel = new float[INPUTS * DenseHead.HIDDEN];
    var output = new float[DenseHead.HIDDEN];
    kernel[0] = 1;
    output[0] = weight;
    return new DenseHead(new HeadParameters(kernel, new float[DenseHead.HIDDEN], output, bias));
  }

  static Snapshot snapshot(long version, DenseHead head) {
    return new Snapshot(
        "m",
        version,
        version - 1,
        BACKBONE,
        false,
        CLASSES,
        0.5,
        version * 10,
        Optional.of(0.75),
        Optional.empty(),
        TIME,
        "training",
        head);
  }

  /** Makes a version of the labels taken, and keeps it. */
  Snapshot keep(long version, DenseHead head) {
    return keep(snapshot(version, head), false);
  }

  Snapshot keep(Snapshot snapshot, boolean isImported) {
    release().keep(snapshot, SnapshotFile.write(snapshot), labels(), isImported);
    return snapshot;
  }

  /** Returns what is remembered of a version. */
  KeptVersion kept(long version, long labels) {
    var snapshot = snapshot(version, RIGHT);
    return new KeptVersion(
        new ModelVersion(
            version,
            snapshot.parent(),
            TIME,
            snapshot.createdBy(),
            snapshot.examples(),
            snapshot.accuracy(),
            snapshot.windowAccuracy(),
            BACKBONE,
            CLASSES,
            0.5,
            false),
        labels,
        false);
  }

  /**
   * Takes labelled images of alternate classes, about which the head in training is right or not.
   */
  void label(int count, boolean isRight) {
    for (int n = 0; n < count; n++) {
      var example = example(labels() + 1, isRight);
      release().comparisonSet().add(example);
      model.memory().saveExamples(model.memory().examples() + 1);
    }
  }

  /** The same, and training learns each. */
  void learn(int count) {
    for (int n = 0; n < count; n++) {
      var image = example(labels() + 1, true);
      release().comparisonSet().add(image);
      learner.see(model.memory(), image.embedding());
      learner.learn(
          model.memory(),
          new Example(
              image.imageId(),
              image.embedding(),
              image.positive(),
              image.domain(),
              image.number()));
    }
  }

  /** Returns the image of a number, positive if that is odd. */
  static ComparisonExample example(long number, boolean isRight) {
    boolean positive = number % 2 == 1;
    boolean answered = positive == isRight;
    return new ComparisonExample(
        number,
        "image-" + number,
        "d",
        new Judgement(answered ? 0.98f : 0.02f, answered, positive),
        false,
        Embedding.copyOf(new float[] {positive ? 1 : 0, 1}));
  }
}
