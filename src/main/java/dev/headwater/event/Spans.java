package dev.headwater.event;

/**
 * The quality of the same kind of predictions over three spans.
 *
 * @param overall all predictions since there are these metrics; AUC within the error of a histogram
 * @param window the newest {@code windowSize} of them; all exact
 * @param fading all of them, each weighing 0.99 of the next; AUC within the error of a histogram
 */
public record Spans(Metrics overall, Metrics window, Metrics fading) {
  /** Of no predictions. */
  public static final Spans NONE = new Spans(Metrics.NONE, Metrics.NONE, Metrics.NONE);
}
