package dev.headwater.stream;

import dev.headwater.event.RejectedException;
import dev.headwater.learner.model.LearnerInput.Corrected;
import dev.headwater.learner.model.LearnerInput.Labelled;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.stream.InferenceOutput.ForLearner;
import dev.headwater.stream.InferenceOutput.Refused;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What inference remembers of images, within the retention: those it has predicted, and labels that
 * came before their image.
 *
 * <p>Times are those of the wall clock. Not thread-safe.
 */
final class ImageMemory {
  private static final int MOST_EXPIRED_AT_ONCE = 5_000;

  private final ModelCatalog catalog;
  private final ExpiringStore seen;
  private final ExpiringStore pending;

  ImageMemory(
      ModelCatalog catalog,
      KeyValueStore<Bytes, byte[]> seen,
      KeyValueStore<Bytes, byte[]> pending,
      Duration retention) {
    this.catalog = catalog;
    this.seen = new ExpiringStore(seen, retention);
    this.pending = new ExpiringStore(pending, retention);
  }

  Optional<SeenImage> find(String imageId, long now) {
    return seen.find(imageId, now).map(SeenImage::read);
  }

  void remember(String imageId, SeenImage image, long now) {
    seen.put(imageId, image.write(), now);
  }

  /**
   * Notes the label of an image that was predicted.
   *
   * @return the input of its model's learner; empty if the image has that label already
   * @throws RejectedException if the model has no such class
   */
  Optional<ForLearner> label(String imageId, SeenImage image, String label)
      throws RejectedException {
    boolean positive = catalog.settings(image.model()).isPositive(label);
    if (image.positive().equals(Optional.of(positive))) {
      return Optional.empty();
    }
    var labelled = image.labelled(positive);
    seen.replace(imageId, labelled.write());
    var observation = labelled.observation(imageId);
    return Optional.of(
        new ForLearner(
            image.model(),
            image.positive().isEmpty() ? new Labelled(observation) : new Corrected(observation)));
  }

  /** The same for a label event; a label that is no class of the model is refused. */
  Optional<InferenceOutput> join(String imageId, SeenImage image, PendingLabel label) {
    try {
      return label(imageId, image, label.label()).map(InferenceOutput.class::cast);
    } catch (RejectedException e) {
      return Optional.of(
          new Refused(
              new Refusal(LabelJoinProcessor.STEP, e.code(), e.getMessage(), label.origin())));
    }
  }

  /** Keeps a label until its image comes; a newer label replaces an older one. */
  void await(String imageId, PendingLabel label, long now) {
    pending.put(imageId, label.write(), now);
  }

  /** Whether a label is pending for an image. */
  boolean isPending(String imageId, long now) {
    return pending.find(imageId, now).isPresent();
  }

  /** Removes and returns the label that is pending for an image. */
  Optional<PendingLabel> takePending(String imageId, long now) {
    var found = pending.find(imageId, now).map(PendingLabel::read);
    found.ifPresent(label -> pending.remove(imageId));
    return found;
  }

  /** Forgets what is older than the retention, and hands over the labels among it. */
  void expire(long now, Consumer<PendingLabel> withoutImage) {
    seen.expire(now, MOST_EXPIRED_AT_ONCE, (id, image) -> {});
    pending.expire(
        now, MOST_EXPIRED_AT_ONCE, (id, label) -> withoutImage.accept(PendingLabel.read(label)));
  }
}
