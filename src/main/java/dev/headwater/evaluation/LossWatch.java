package dev.headwater.evaluation;

import dev.headwater.evaluation.Alarm.Detector;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Watches how wrong a model's published answers are, and tells when they become worse: {@link
 * Adwin} over errors (0 or 1) and over losses, {@link PageHinkley} over errors.
 *
 * <p>A model that becomes better has not drifted: the windows drop their old part then, and nothing
 * is told. After an alarm a new watch starts. Immutable, and a few kilobytes.
 *
 * @param errors whether answers were wrong; its mean is what {@code page} compares with
 * @param losses the probability that answers gave to the wrong class
 * @param page over errors
 */
public record LossWatch(Adwin errors, Adwin losses, PageHinkley page) {
  /**
   * ADWIN's bound on the share of steps with a false cut; it keeps far below that, see AdwinTest.
   */
  static final double DELTA = 2e-3;

  /** A smaller increase of the mean is followed, but is nobody's concern. */
  static final double LEAST_INCREASE = 0.02;

  /** A watch that has seen nothing. */
  public static final LossWatch NONE =
      new LossWatch(Adwin.withDelta(DELTA), Adwin.withDelta(DELTA), PageHinkley.NONE);

  /**
   * What one answer more brings.
   *
   * @param next the watch to go on with: a new one after an alarm
   * @param alarm the first detector's that found answers to be worse
   */
  public record Step(LossWatch next, Optional<Alarm> alarm) {}

  /**
   * Returns what an answer that was judged by its label brings.
   *
   * @param wrong whether it was
   * @param loss the probability that it gave to the wrong class, from 0 to 1
   */
  public Step plus(boolean wrong, double loss) {
    double error = wrong ? 1 : 0;
    long before = errors.count() - page.count();
    double errorsBefore = errors.sum() - page.errors();
    var nextPage = page.plus(error, before, errorsBefore);
    var nextErrors = errors.plus(error);
    var nextLosses = losses.plus(loss);
    var alarm =
        pageAlarm(nextPage, before, errorsBefore)
            .or(() -> adwinAlarm(nextErrors))
            .or(() -> adwinAlarm(nextLosses));
    if (alarm.isPresent()) {
      return new Step(NONE, alarm);
    }
    // What the sum is over must be in the window, or the rest of the window is no mean before it.
    boolean cut = nextErrors.change().isPresent();
    return new Step(
        new LossWatch(nextErrors.next(), nextLosses.next(), cut ? PageHinkley.NONE : nextPage),
        alarm);
  }

  private static Optional<Alarm> pageAlarm(PageHinkley page, long before, double errorsBefore) {
    return page.isAlarm()
        ? Optional.of(
            new Alarm(
                Detector.PAGE_HINKLEY,
                Optional.empty(),
                Optional.of(errorsBefore / before),
                before,
                Optional.of(page.errors() / page.count()),
                page.count(),
                page.score(),
                PageHinkley.THRESHOLD))
        : Optional.empty();
  }

  private static Optional<Alarm> adwinAlarm(Adwin.Step step) {
    return step.change()
        .filter(change -> change.increase() >= LEAST_INCREASE)
        .map(
            change ->
                new Alarm(
                    Detector.ADWIN,
                    Optional.empty(),
                    Optional.of(change.before()),
                    change.beforeCount(),
                    Optional.of(change.after()),
                    change.afterCount(),
                    change.increase(),
                    change.bound()));
  }

  /** Returns how many bytes {@link #write} takes. */
  public int bytes() {
    return errors.bytes() + losses.bytes() + PageHinkley.BYTES;
  }

  /** Writes the windows over errors and losses, then the sum. */
  public void write(ByteBuffer target) {
    errors.write(target);
    losses.write(target);
    page.write(target);
  }

  /** Reads what {@link #write} wrote. */
  public static LossWatch read(ByteBuffer source) {
    return new LossWatch(
        Adwin.read(DELTA, source), Adwin.read(DELTA, source), PageHinkley.read(source));
  }
}
