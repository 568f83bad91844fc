package dev.headwater.stream;

import dev.headwater.backbone.Backbone;
import dev.headwater.head.LearnerSettings;
import dev.headwater.image.ImageDecoder;
import dev.headwater.learner.LearnerConfiguration;
import dev.headwater.learner.LiveModels;
import dev.headwater.learner.ModelLearner;
import dev.headwater.learner.model.DriftReaction;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ReleaseRules;
import dev.headwater.learner.model.SnapshotPolicy;
import java.time.Duration;

/**
 * What the topology is made from.
 *
 * @param backbone embeds images
 * @param embedders lends its embedders to stream threads
 * @param catalog the models
 * @param decoder makes pixels of what the backbone takes; one for all, since it bounds their memory
 * @param learner how heads are trained
 * @param policy when a head becomes a snapshot
 * @param reaction what drift leads to
 * @param release how versions come into service and leave it
 * @param labelRetention how long an image waits for its label, and a label for its image
 * @param labelBudget share of images whose label may be asked for, from 0 to 1
 * @param imagePartitions of the images topic as it is
 * @param examplePartitions of the examples topic as it is
 * @param largestDeadLetter most bytes of key, value and headers that the dead-letter topic takes
 */
public record AdaptationParts(
    Backbone backbone,
    EmbedderPool embedders,
    ModelCatalog catalog,
    ImageDecoder decoder,
    LearnerSettings learner,
    SnapshotPolicy policy,
    DriftReaction reaction,
    ReleaseRules release,
    Duration labelRetention,
    double labelBudget,
    int imagePartitions,
    int examplePartitions,
    int largestDeadLetter) {
  /** What a dead letter's own headers take at most, beside value and headers as they came. */
  public static final int DEAD_LETTER_ROOM = 64 << 10;

  /** How long a caller waits for a place. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * Most bytes of a record that may be moved: with its key twice it is still one that Kafka takes.
   */
  int largestRecord() {
    return largestDeadLetter + DEAD_LETTER_ROOM;
  }

  /** Tasks of inference and learner that have stores, all instances together. */
  int statefulTasks() {
    return imagePartitions + examplePartitions;
  }

  HomePartition home() {
    return new HomePartition(imagePartitions);
  }

  ImageMemoryStores imageMemory() {
    return new ImageMemoryStores(catalog, labelRetention);
  }

  PredictProcessor.Supply predictProcessors() {
    return new PredictProcessor.Supply(backbone.id(), catalog, labelBudget, imagePartitions);
  }

  /**
   * Asks heads beside the stream.
   *
   * @param places for callers: each keeps a core busy
   */
  Classifier classifier(ServedHeads heads, int places) {
    return new Classifier(
        backbone.id(), catalog, decoder, embedders, heads, Classifier.Places.of(places, PATIENCE));
  }

  InferenceSteps inferenceSteps() {
    return new InferenceSteps(catalog, decoder, embedders);
  }

  LearnProcessor.Supply learnProcessors(Duration commitInterval, LiveModels live) {
    return new LearnProcessor.Supply(this::modelLearner, policy.interval(), commitInterval, live);
  }

  private ModelLearner modelLearner() {
    int inputs = backbone.embeddingSize();
    return new ModelLearner(
        new LearnerConfiguration(
            backbone.id(), inputs, learner, policy, catalog, reaction, release));
  }
}
