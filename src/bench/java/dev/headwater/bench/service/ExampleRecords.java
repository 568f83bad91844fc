package dev.headwater.bench.service;

import dev.headwater.backbone.BackboneId;
import dev.headwater.backbone.Embedding;
import dev.headwater.learner.model.LearnerInput.Observation;
import dev.headwater.learner.model.LearnerInputCodec;
import java.util.Optional;

/** Writes what inference tells a learner of an image, for those who have no images. */
public final class ExampleRecords {
  private ExampleRecords() {}

  /**
   * Returns the value of a record on the topic of examples; its key is the model's name.
   *
   * @param positive the label; empty for none
   * @param probability that was published
   * @param version of the head that published it; 0 for none
   */
  public static byte[] observation(
      String imageId,
      String domain,
      BackboneId backbone,
      Embedding embedding,
      Optional<Boolean> positive,
      double probability,
      long version) {
    return LearnerInputCodec.write(
        new Observation(
            imageId,
            domain,
            backbone.fingerprint(),
            embedding,
            positive,
            probability,
            version,
            version == 0 ? Optional.empty() : Optional.of(probability >= 0.5)));
  }
}
