package dev.headwater.event;

/**
 * How good the same kind of answers were over three spans.
 *
 * @param overall all answers since there are these metrics; AUC within the error of a histogram
 * @param window the newest {@code windowSize} of them; all exact
 * @param fading all of them, each weighing 0.99 of the next; AUC within the error of a histogram
 */
public record Spans(Metrics overall, Metrics window, Metrics fading) {
  /** Of no answers. */
  public static final Spans NONE = new Spans(Metrics.NONE, Metrics.NONE, Metrics.NONE);
}
