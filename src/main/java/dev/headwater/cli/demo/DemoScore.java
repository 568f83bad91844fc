package dev.headwater.cli.demo;

import dev.headwater.event.Prediction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The accuracy of the published predictions: overall, recent and by domain.
 *
 * <p>Predictions of an untrained head (version 0) claim nothing and do not count.
 */
final class DemoScore {
  /** How many of the newest predictions {@link #recent} looks at. */
  static final int RECENT = 200;

  /** How many predictions count as the first and as the last of a domain. */
  static final int EDGE = 50;

  private final Map<String, Hits> domains = new LinkedHashMap<>();
  private final Hits overall = new Hits();
  private final Recent recent = new Recent(RECENT);
  private long answered;
  private long refused;
  private long version;

  /** Counts one prediction of an image of {@code domain} whose label is known. */
  void predicted(String domain, boolean positive, Prediction prediction) {
    answered++;
    version = Math.max(version, prediction.snapshotVersion());
    var hits = domains.computeIfAbsent(domain, d -> new Hits());
    hits.images++;
    overall.images++;
    if (prediction.snapshotVersion() > 0) {
      boolean saysPositive = prediction.probability() >= prediction.threshold();
      boolean right = saysPositive == positive;
      hits.add(right);
      overall.add(right);
      recent.add(right);
    }
  }

  /** Counts one image that the service could not use. */
  void refused() {
    answered++;
    refused++;
  }

  long answered() {
    return answered;
  }

  long refusals() {
    return refused;
  }

  /** The newest snapshot version that any prediction named. */
  long version() {
    return version;
  }

  /** Share of right ones among the newest {@value #RECENT}. */
  Optional<Double> recentAccuracy() {
    return recent.share();
  }

  Hits overall() {
    return overall;
  }

  /** By domain, in order of first prediction. */
  Map<String, Hits> domains() {
    return domains;
  }

  /** Correct predictions of one domain. */
  static final class Hits {
    private final Recent last = new Recent(EDGE);
    private long images;
    private long scored;
    private long right;
    private long firstScored;
    private long firstRight;

    private void add(boolean isRight) {
      scored++;
      right += isRight ? 1 : 0;
      if (firstScored < EDGE) {
        firstScored++;
        firstRight += isRight ? 1 : 0;
      }
      last.add(isRight);
    }

    /** How many images were predicted, by an untrained head too. */
    long images() {
      return images;
    }

    /** Share of right ones among those of a trained head. */
    Optional<Double> accuracy() {
      return share(right, scored);
    }

    /** The same among the first {@value #EDGE}. */
    Optional<Double> first() {
      return share(firstRight, firstScored);
    }

    /** The same among the last {@value #EDGE}. */
    Optional<Double> last() {
      return last.share();
    }
  }

  private static Optional<Double> share(long right, long scored) {
    return scored == 0 ? Optional.empty() : Optional.of((double) right / scored);
  }

  /** A ring of the newest predictions. */
  private static final class Recent {
    private final boolean[] ring;
    private long count;

    private Recent(int size) {
      ring = new boolean[size];
    }

    private void add(boolean right) {
      ring[(int) (count++ % ring.length)] = right;
    }

    private Optional<Double> share() {
      int filled = (int) Math.min(count, ring.length);
      long right = 0;
      for (int i = 0; i < filled; i++) {
        right += ring[i] ? 1 : 0;
      }
      return DemoScore.share(right, filled);
    }
  }
}
