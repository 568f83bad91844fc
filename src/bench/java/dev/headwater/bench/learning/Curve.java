package dev.headwater.bench.learning;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a figure went over a stream, as the mean of several seeds.
 *
 * @param every images from one value to the next; the first value is that after so many
 * @param values accuracy over the last {@link #WINDOW} answers, or F1 over all answers so far
 */
record Curve(int every, List<Double> values) {
  /** Answers in the moving window. */
  static final int WINDOW = 100;

  private static final int POINTS = 150;

  /** Accuracy over a moving window. */
  static Curve ofAccuracy(List<List<Judged>> runs) {
    return of(runs, (run, end) -> Figures.accuracy(run.subList(Math.max(0, end - WINDOW), end)));
  }

  /** F1 of the positive class over all answers so far. */
  static Curve ofRareClass(List<List<Judged>> runs) {
    return of(runs, (run, end) -> RareClass.of(run.subList(0, end)).f1());
  }

  @FunctionalInterface
  private interface Figure {
    double at(List<Judged> run, int end);
  }

  private static Curve of(List<List<Judged>> runs, Figure figure) {
    int length = runs.stream().mapToInt(List::size).min().orElse(0);
    int every = Math.max(1, length / POINTS);
    var values = new ArrayList<Double>();
    IntStream.iterate(every, end -> end <= length, end -> end + every)
        .forEach(
            end ->
                values.add(
                    runs.stream().mapToDouble(run -> figure.at(run, end)).average().orElse(0)));
    return new Curve(every, values);
  }
}
