package dev.headwater.evaluation;

import java.util.Locale;
import java.util.Optional;

/**
 * Whether a new head may take the place of the one in service: only if it is not worse by a margin,
 * neither on the newest examples nor on those held out of training.
 *
 * <p>The first comparison alone would let through whoever learns wrong labels fastest. The second
 * one is on examples that neither head has learnt, and that were there before the head in service
 * was: what they say does not change with a stretch of wrong labels.
 *
 * @param least examples of the newest ones that it takes to decide
 * @param leastHeldOut held-out examples that it takes to be heard
 * @param accuracyMargin how much lower the share of right answers may be, beside luck
 * @param lossMargin how much higher the mean log-loss may be, in nats
 */
public record Gate(int least, int leastHeldOut, double accuracyMargin, double lossMargin) {
  /** 32 examples, 20 held out; two points of accuracy, 0.05 nats. */
  public static final Gate DEFAULT = new Gate(32, 20, 0.02, 0.05);

  /**
   * What the gate says.
   *
   * @param passes whether the candidate may be promoted
   * @param reason for people, as half a sentence
   */
  public record Verdict(boolean passes, String reason) {}

  /**
   * Compares.
   *
   * @param recent on the newest examples, both answers from before the label was learnt
   * @param heldOut on examples that neither head has learnt
   * @param needsHeldOut whether too few of those decide against the candidate, instead of not being
   *     heard
   */
  public Verdict judge(Comparison recent, Comparison heldOut, boolean needsHeldOut) {
    if (recent.examples() < least) {
      return new Verdict(
          false,
          "%d labelled examples since the head in service was promoted, %d are needed to compare"
              .formatted(recent.examples(), least));
    }
    boolean isHeard = heldOut.examples() >= leastHeldOut;
    if (needsHeldOut && !isHeard) {
      return new Verdict(
          false,
          "%d held-out examples count, %d are needed: those since the head in service was promoted count after 400 more; promote puts a version into service at once"
              .formatted(heldOut.examples(), leastHeldOut));
    }
    return worse("the newest", recent)
        .or(() -> isHeard ? worse("held-out", heldOut) : Optional.empty())
        .map(reason -> new Verdict(false, reason))
        .orElseGet(() -> new Verdict(true, "not worse: " + figures("the newest", recent)));
  }

  private Optional<String> worse(String which, Comparison comparison) {
    boolean isWorse =
        comparison.candidateIsRightLessOften(accuracyMargin)
            || comparison.candidateLogLoss() > comparison.servedLogLoss() + lossMargin;
    return isWorse ? Optional.of("worse: " + figures(which, comparison)) : Optional.empty();
  }

  private static String figures(String which, Comparison comparison) {
    return String.format(
        Locale.ROOT,
        "accuracy %.3f against %.3f, log-loss %.3f against %.3f of the head in service, on %s %d examples",
        comparison.candidateAccuracy(),
        comparison.servedAccuracy(),
        comparison.candidateLogLoss(),
        comparison.servedLogLoss(),
        which,
        comparison.examples());
  }
}
