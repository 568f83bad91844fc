package dev.headwater.bench.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.bench.service.ThreadsReport.Round;
import dev.headwater.bench.service.ThreadsReport.Run;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ThreadsReportTest {
  private static final String ONE = "1 1 100.0 5.00 0.50 1.00 0.25 0.10 50.0";
  private static final String TWO = "1 2 175.0 5.00 0.50 1.00 0.25 0.10 1.75 100.0 2.00";

  private static Run run(int threads, double imagesPerSecond) {
    return new Run(threads, imagesPerSecond, 50.0 * threads, 5, 0.5, 1, 0.25, 0.1);
  }

  private static ThreadsReport report(double... ratios) {
    var rounds = Arrays.stream(ratios).mapToObj(r -> new Round(run(1, 100), run(2, 100 * r)));
    return new ThreadsReport("threads", 2, 1000, 12_345, rounds.toList());
  }

  @Test
  void shouldShowBothRunsOfARound() {
    assertThat(report(1.75).lines())
        .startsWith("1000 images a run, 12.3 KB each, on 2 cores; ms are processor time an image")
        .anySatisfy(line -> assertThat(figures(line)).isEqualTo(ONE))
        .anySatisfy(line -> assertThat(figures(line)).isEqualTo(TWO));
  }

  private static String figures(String line) {
    return line.strip().replaceAll(" +", " ");
  }

  @Test
  void shouldGiveTheMiddleRatio() {
    assertThat(report(1.9, 1.5, 1.8).lines())
        .contains("2 threads against 1: median 1.80 times as many images (1.50 to 1.90)");
  }

  @Test
  void shouldGiveTheMeanOfTwoInTheMiddle() {
    assertThat(report(1.9, 1.5, 1.8, 1.7).lines())
        .contains("2 threads against 1: median 1.75 times as many images (1.50 to 1.90)");
  }

  @Test
  void shouldGiveWhatTheMachineHasToGive() {
    assertThat(report(1.5).lines())
        .endsWith(
            "the same, without Kafka and learner: median 2.00 times as many images (2.00 to 2.00)");
  }

  @Test
  void shouldShareProcessorTimeOutOverTheImagesThatTookIt() {
    var taken = new CpuTimes(50_000_000, 10_000_000, 20_000_000, 5_000_000);
    assertThat(Run.of(1, 100, 90, taken, 10, 0.1))
        .isEqualTo(new Run(1, 100, 90, 5, 1, 2, 0.5, 0.1));
  }
}
