package dev.headwater.stream;

import static dev.headwater.event.ErrorCode.BACKBONE_MISMATCH;

import dev.headwater.backbone.BackboneId;
import dev.headwater.backbone.Embedding;
import dev.headwater.event.RejectedException;
import dev.headwater.learner.model.ModelSettings;
import dev.headwater.snapshot.Snapshot;
import java.util.Optional;

/**
 * Scores embeddings with the heads in service.
 *
 * @param backbone of the embeddings
 */
record Scorer(BackboneId backbone, ServedHeads heads) {
  /** What a model without a head says: it cannot tell. */
  private static final double UNDECIDED = 0.5;

  /**
   * What a head says of one image.
   *
   * @param head empty if the model has none
   * @param probability of the positive class
   * @param threshold from where on the class is positive
   */
  record Score(ModelSettings model, Optional<Snapshot> head, double probability, double threshold) {
    boolean isPositive() {
      return probability >= threshold;
    }

    /** Returns the probability that the class is the wrong one. */
    double uncertainty() {
      return isPositive() ? 1 - probability : probability;
    }

    String className() {
      return model.className(isPositive());
    }

    /** Returns the version of the head; 0 for none. */
    long version() {
      return head.map(Snapshot::version).orElse(0L);
    }
  }

  /**
   * Returns the head in service; empty if the model has none.
   *
   * @throws RejectedException if it was trained on another backbone
   */
  Optional<Snapshot> head(String model) throws RejectedException {
    var head = heads.of(model);
    if (head.isPresent()) {
      requireBackbone(head.get(), model);
    }
    return head;
  }

  /** Its width needs no check: the store of served heads takes none that does not fit. */
  private void requireBackbone(Snapshot head, String model) throws RejectedException {
    if (!head.backbone().equals(backbone.fingerprint())) {
      throw new RejectedException(
          BACKBONE_MISMATCH,
          "the served head of model %s was trained on backbone %.12s, this service runs %.12s; start with that one's weights"
              .formatted(model, head.backbone(), backbone.fingerprint()));
    }
  }

  /**
   * Scores an embedding.
   *
   * @param head that {@link #head} returned for the model
   */
  Score score(ModelSettings model, Optional<Snapshot> head, Embedding embedding) {
    double probability = head.map(h -> h.head().probability(embedding)).orElse(UNDECIDED);
    return new Score(model, head, probability, model.threshold(head));
  }

  boolean isReducedQuality() {
    return backbone.quality() == BackboneId.Quality.REDUCED;
  }
}
