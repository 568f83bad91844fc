package dev.headwater.bench.learning;

import dev.headwater.backbone.Embedding;

/**
 * Something that learns online to tell two classes apart; it knows from the start that it is two.
 */
public interface Learner {
  /** Takes note of an image, labelled or not; called for each image, before anything else. */
  default void observe(Embedding embedding, String domain) {}

  /** Answers for an image whose label it does not know. */
  Answer predict(Embedding embedding, String domain);

  /** Whether it asks for the label of the image that it answered for just now. */
  default boolean wantsLabel() {
    return true;
  }

  /** Learns the label of an image that it was asked for before. */
  void learn(Embedding embedding, boolean positive, String domain);
}
