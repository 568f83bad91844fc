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
 * <p>Every method is told the time by the clock on the wall. Not thread-safe.
 */
final class ImageMemory {
  private static final int MOST_EXPIRED_AT_ONCE = 5_000;

  private final ModelCatalog catalog;
  private final ExpiringStore seen;
  private final ExpiringStore waiting;

  ImageMemory(
      ModelCatalog catalog,
      KeyValueStore<Bytes, byte[]> seen,
      KeyValueStore<Bytes, byte[]> waiting,
      Duration retention) {
    this.catalog = catalog;
    this.seen = new ExpiringStore(seen, retention);
    this.waiting = new ExpiringStore(waiting, retention);
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
   * @return what its model's learner is told; empty if that is the label it has already
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

  /**
   * Does the same for a label that came by itself; one that is no class of the model is refused.
   */
  Optional<InferenceOutput> join(String imageId, SeenImage image, PendingLabel label) {
    try {
      return label(imageId, image, label.label()).map(InferenceOutput.class::cast);
    } catch (RejectedException e) {
      return Optional.of(
          new Refused(
              new Refusal(LabelJoinProcessor.STEP, e.code(), e.getMessage(), label.origin())));
    }
  }

  /** Keeps a label until its image comes; a newer one takes the place of one that waits. */
  void await(String imageId, PendingLabel label, long now) {
    waiting.put(imageId, label.write(), now);
  }

  /** Returns the label that waits for an image, which then waits no longer. */
  Optional<PendingLabel> takeWaiting(String imageId, long now) {
    var found = waiting.find(imageId, now).map(PendingLabel::read);
    found.ifPresent(label -> waiting.remove(imageId));
    return found;
  }

  /** Forgets what is older than the retention, and hands over the labels among it. */
  void expire(long now, Consumer<PendingLabel> withoutImage) {
    seen.expire(now, MOST_EXPIRED_AT_ONCE, (id, image) -> {});
    waiting.expire(
        now, MOST_EXPIRED_AT_ONCE, (id, label) -> withoutImage.accept(PendingLabel.read(label)));
  }
}
