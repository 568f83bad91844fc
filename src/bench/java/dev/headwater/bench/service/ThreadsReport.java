package dev.headwater.bench.service;

import dev.headwater.cli.client.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What one run of the benchmark found; its JSON is this record.
 *
 * @param benchmark always {@code threads}
 * @param cores that this process may use
 * @param images of each run
 * @param meanBytes of an image's file
 * @param rounds one run with each number of threads
 */
record ThreadsReport(String benchmark, int cores, int images, long meanBytes, List<Round> rounds) {

  /** A run with one stream thread, and the run with two that came next. */
  record Round(Run one, Run two) {
    double ratio() {
      return two.imagesPerSecond() / one.imagesPerSecond();
    }

    double bareRatio() {
      return two.bareImagesPerSecond() / one.bareImagesPerSecond();
    }
  }

  /**
   * One run.
   *
   * @param threads stream threads of inference
   * @param bareImagesPerSecond that as many threads decoded and embedded just before, and no more
   * @param inferenceMillis processor time an image of these threads
   * @param learnerMillis of the learner's thread
   * @param kafkaMillis of the broker, and of Kafka's clients beside the stream threads
   * @param machineMillis of compiler, garbage collector and RocksDB
   * @param coresOfOthers that other processes took, on average
   */
  record Run(
      int threads,
      double imagesPerSecond,
      double bareImagesPerSecond,
      double inferenceMillis,
      double learnerMillis,
      double kafkaMillis,
      double machineMillis,
      double coresOfOthers) {

    /**
     * @param taken processor time of the {@code images} images that came last
     */
    static Run of(
        int threads,
        double imagesPerSecond,
        double bareImagesPerSecond,
        CpuTimes taken,
        int images,
        double coresOfOthers) {
      double nanos = 1e6 * Math.max(1, images);
      return new Run(
          threads,
          imagesPerSecond,
          bareImagesPerSecond,
          taken.inference() / nanos,
          taken.learner() / nanos,
          taken.kafka() / nanos,
          taken.machine() / nanos,
          coresOfOthers);
    }
  }

  List<String> lines() {
    var table =
        new TextTable(
            List.of(
                ">round",
                ">threads",
                ">images/s",
                ">inference ms",
                ">learner ms",
                ">Kafka ms",
                ">JVM ms",
                ">cores of others",
                ">ratio",
                ">bare images/s",
                ">bare ratio"));
    for (int i = 0; i < rounds.size(); i++) {
      var round = rounds.get(i);
      table.add(row(i + 1, round.one(), "", ""));
      table.add(
          row(
              i + 1,
              round.two(),
              format("%.2f", round.ratio()),
              format("%.2f", round.bareRatio())));
    }
    var lines = new ArrayList<String>();
    lines.add(
        format(
            "%d images a run, %.1f KB each, on %d cores; ms are processor time an image",
            images, meanBytes / 1e3, cores));
    lines.add("");
    lines.addAll(table.lines());
    lines.add("");
    lines.add("2 threads against 1: " + spread(Round::ratio));
    lines.add("the same, without Kafka and learner: " + spread(Round::bareRatio));
    return lines;
  }

  private String spread(ToDoubleFunction<Round> of) {
    double[] sorted = rounds.stream().mapToDouble(of).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return format(
        "median %.2f times as many images (%.2f to %.2f)",
        median, sorted[0], sorted[sorted.length - 1]);
  }

  private static List<String> row(int round, Run run, String ratio, String bareRatio) {
    return List.of(
        format("%d", round),
        format("%d", run.threads()),
        format("%.1f", run.imagesPerSecond()),
        format("%.2f", run.inferenceMillis()),
        format("%.2f", run.learnerMillis()),
        format("%.2f", run.kafkaMillis()),
        format("%.2f", run.machineMillis()),
        format("%.2f", run.coresOfOthers()),
        ratio,
        format("%.1f", run.bareImagesPerSecond()),
        bareRatio);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
