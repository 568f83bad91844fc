package dev.headwater.stream;

import dev.headwater.event.Classification;
import dev.headwater.event.RejectedException;
import dev.headwater.image.ImageDecoder;
import dev.headwater.image.ImageRejectedException;
import dev.headwater.image.Pixels;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.stream.Scorer.Score;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Classifies single images with the heads in service, beside the stream. Thread-safe.
 *
 * <p>A call takes its head once, so that a swap during the call changes nothing, and it takes no
 * lock that a swap could hold. After a swap, no more callers decode the new head than have a
 * permit.
 */
public final class Classifier {
  private final ModelCatalog catalog;
  private final ImageDecoder decoder;
  private final EmbedderPool embedders;
  private final Scorer scorer;
  private final Permits permits;

  /**
   * Limits how many calls classify at once.
   *
   * @param free fair, so that nobody is overtaken
   * @param patience how long a call waits for one
   */
  record Permits(Semaphore free, Duration patience) {
    static Permits of(int count, Duration patience) {
      return new Permits(new Semaphore(count, true), patience);
    }
  }

  Classifier(
      ModelCatalog catalog,
      ImageDecoder decoder,
      EmbedderPool embedders,
      Scorer scorer,
      Permits permits) {
    this.catalog = catalog;
    this.decoder = decoder;
    this.embedders = embedders;
    this.scorer = scorer;
    this.permits = permits;
  }

  /**
   * Returns what a model's head says of an image file; empty if the model has none in service.
   *
   * @throws RejectedException if the image is not usable, or the head is of another backbone
   * @throws BusyException if no permit becomes free in time, or the stream needs the memory for an
   *     image of this size
   */
  public Optional<Classification> classify(String model, byte[] image) throws RejectedException {
    var settings = catalog.admit(model);
    acquirePermit();
    try {
      var head = scorer.head(model);
      if (head.isEmpty()) {
        return Optional.empty();
      }
      var embedding = embedders.embed(decode(image));
      return Optional.of(classification(scorer.score(settings, head, embedding)));
    } finally {
      permits.free().release();
    }
  }

  private void acquirePermit() {
    try {
      if (!permits.free().tryAcquire(permits.patience().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new BusyException(
            "too many images are being classified at the moment, and %d ms were not enough to wait; try again"
                .formatted(permits.patience().toMillis()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BusyException("interrupted while too many images are being classified; try again");
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

  private Classification classification(Score score) {
    return new Classification(
        score.model().name(),
        score.version(),
        score.probability(),
        score.className(),
        score.uncertainty(),
        score.threshold(),
        scorer.backbone().fingerprint(),
        scorer.isReducedQuality());
  }

  /** Says that too many images are being classified or decoded. */
  public static final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BusyException(String message) {
      super(message);
    }
  }
}
