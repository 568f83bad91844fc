package dev.headwater.bench.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.bench.service.ThreadsReport.Round;
import dev.headwater.bench.service.ThreadsReport.Run;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ThreadsReportTest {
  private static Run run(int threads, double imagesPerSecond) {
    return new Run(threads, imagesPerSecond, 5, 0.5, 1, 0.25, 0.1);
  }

  private static ThreadsReport report(double... ratios) {
    var rounds = Arrays.stream(ratios).mapToObj(r -> new Round(run(1, 100), run(2, 100 * r)));
    return new ThreadsReport("threads", 2, 1000, 12_345, rounds.toList());
  }

  @Test
  void shouldShowBothRunsOfARound() {
    assertThat(report(1.75).lines())
        .containsSubsequence(
            "1000 images a run, 12.3 KB each, on 2 cores; ms are processor time an image",
            "    1        1     100.0     5.00        0.50      1.00    0.25             0.10       ",
            "    1        2     175.0     5.00        0.50      1.00    0.25             0.10   1.75");
  }

  @Test
  void shouldGiveTheMiddleRatio() {
    assertThat(report(1.9, 1.5, 1.8).lines())
        .endsWith("2 threads against 1: median 1.80 times as many images (1.50 to 1.90)");
  }

  @Test
  void shouldGiveTheMeanOfTwoInTheMiddle() {
    assertThat(report(1.9, 1.5, 1.8, 1.7).lines())
        .endsWith("2 threads against 1: median 1.75 times as many images (1.50 to 1.90)");
  }

  @Test
  void shouldShareProcessorTimeOutOverTheImagesThatTookIt() {
    var taken = new CpuTimes(50_000_000, 10_000_000, 20_000_000, 5_000_000);
    assertThat(Run.of(1, 100, taken, 10, 0.1)).isEqualTo(new Run(1, 100, 5, 1, 2, 0.5, 0.1));
  }
}
