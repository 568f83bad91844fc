package dev.headwater.stream;

import dev.headwater.backbone.Backbone;
import dev.headwater.image.ImageDecoder;
import dev.headwater.learner.LearnerConfiguration;
import dev.headwater.learner.LiveModels;
import dev.headwater.learner.ModelLearner;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.stream.runtime.Partitions;
import java.time.Duration;

/**
 * What the topology is made from.
 *
 * @param backbone embeds images
 * @param embedders of the backbone, for stream threads and callers
 * @param decoder of images to the backbone's input size; one for all, since it bounds their memory
 * @param learning how models learn, and which there are
 * @param partitions of the topics as they are
 * @param largestRecord most bytes of key, value and headers that the topics of images and of dead
 *     letters take
 */
public record AdaptationParts(
    Backbone backbone,
    EmbedderPool embedders,
    ImageDecoder decoder,
    LearnerConfiguration learning,
    Labels labels,
    Partitions partitions,
    int largestRecord) {

  /** How long a caller waits for a permit to embed an image. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * How labels are asked for and awaited.
   *
   * @param retention how long an image waits for its label, and a label for its image
   * @param budget share of images whose label may be asked for, from 0 to 1
   */
  public record Labels(Duration retention, double budget) {}

  ModelCatalog catalog() {
    return learning.catalog();
  }

  /** Tasks of inference and learner that have stores, all instances together. */
  int statefulTasks() {
    return partitions.images() + partitions.examples();
  }

  /** Most bytes of a refused record that its dead letter takes along. */
  int largestRefused() {
    return largestRecord - DeadLetterProcessor.HEADER_BYTES;
  }

  HomePartition home() {
    return new HomePartition(partitions.images());
  }

  ImageMemoryStores imageMemory() {
    return new ImageMemoryStores(catalog(), labels.retention());
  }

  PredictProcessor.Supply predictProcessors() {
    return new PredictProcessor.Supply(
        backbone.id(), catalog(), labels.budget(), partitions.images());
  }

  /**
   * Classifies images beside the stream.
   *
   * @param permits how many calls at once: each keeps a core busy
   */
  Classifier classifier(ServedHeads heads, int permits) {
    return new Classifier(
        catalog(),
        decoder,
        embedders,
        new Scorer(backbone.id(), heads),
        Classifier.Permits.of(permits, PATIENCE));
  }

  InferenceSteps inferenceSteps() {
    return new InferenceSteps(catalog(), decoder, embedders);
  }

  LearnProcessor.Supply learnProcessors(Duration commitInterval, LiveModels live) {
    return new LearnProcessor.Supply(
        () -> new ModelLearner(learning), learning.policy().interval(), commitInterval, live);
  }
}
