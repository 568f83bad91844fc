package dev.headwater.stream;

import dev.headwater.backbone.BackboneId;
import dev.headwater.event.Classification;
import dev.headwater.event.RejectedException;
import dev.headwater.image.ImageDecoder;
import dev.headwater.image.ImageRejectedException;
import dev.headwater.image.Pixels;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ModelSettings;
import dev.headwater.snapshot.Snapshot;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Asks heads in service about single images, beside the stream. Thread-safe.
 *
 * <p>A call takes its head once, so that a swap in the middle of it changes nothing; and it takes
 * no lock that a swap could hold. After a swap no more callers decode the new head than have a
 * place.
 */
public final class Classifier {
  private final BackboneId backbone;
  private final ModelCatalog catalog;
  private final ImageDecoder decoder;
  private final EmbedderPool embedders;
  private final ServedHeads heads;
  private final Places places;

  /**
   * How many may be at it at once.
   *
   * @param free fair, so that nobody is overtaken
   * @param patience how long others wait
   */
  record Places(Semaphore free, Duration patience) {
    static Places of(int count, Duration patience) {
      return new Places(new Semaphore(count, true), patience);
    }
  }

  Classifier(
      BackboneId backbone,
      ModelCatalog catalog,
      ImageDecoder decoder,
      EmbedderPool embedders,
      ServedHeads heads,
      Places places) {
    this.backbone = backbone;
    this.catalog = catalog;
    this.decoder = decoder;
    this.embedders = embedders;
    this.heads = heads;
    this.places = places;
  }

  /**
   * Returns what a model's head says of an image file; empty if the model has none in service.
   *
   * @throws RejectedException if the image is not usable, or the head is of another backbone
   * @throws BusyException if others are at it for longer than one waits, or the stream needs the
   *     memory for an image of this size
   */
  public Optional<Classification> classify(String model, byte[] image) throws RejectedException {
    var settings = catalog.admit(model);
    takePlace();
    try {
      var head = heads.of(model);
      if (head.isEmpty()) {
        return Optional.empty();
      }
      PredictProcessor.requireBackbone(backbone, head.get(), model);
      double probability = head.get().head().probability(embedders.embed(decode(image)));
      return Optional.of(classification(settings, head.get(), probability));
    } finally {
      places.free().release();
    }
  }

  private void takePlace() {
    try {
      if (!places.free().tryAcquire(places.patience().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new BusyException(
            "others ask about images at the moment, and %d ms were not enough to wait; try again"
                .formatted(places.patience().toMillis()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BusyException("interrupted while others ask about images; try again");
    }
  }

  private Pixels decode(byte[] image) throws RejectedException {
    try {
      return decoder
          .decodeNow(image)
          .orElseThrow(
              () ->
                  new BusyException(
                      "so many pixels are decoded at the moment that this image would have to wait;"
                          + " try again"));
    } catch (ImageRejectedException e) {
      throw new RejectedException(InferenceSteps.code(e.reason()), e.getMessage(), e);
    }
  }

  private Classification classification(ModelSettings model, Snapshot head, double probability) {
    boolean positive = probability >= head.threshold();
    return new Classification(
        model.name(),
        head.version(),
        probability,
        model.className(positive),
        positive ? 1 - probability : probability,
        head.threshold(),
        backbone.fingerprint(),
        backbone.quality() == BackboneId.Quality.REDUCED);
  }

  /** Says that too many ask at once. */
  public static final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BusyException(String message) {
      super(message);
    }
  }
}
