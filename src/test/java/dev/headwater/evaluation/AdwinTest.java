package dev.headwater.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds ADWIN to what its paper promises: Bifet and Gavaldà 2007, theorem 3.1 and section 4. */
class AdwinTest {
  private static final double DELTA = 0.1;

  private static Adwin fed(Adwin window, Random random, double rate, int count) {
    var next = window;
    for (int i = 0; i < count; i++) {
      next = next.plus(random.nextDouble() < rate ? 1 : 0).next();
    }
    return next;
  }

  @Test
  void shouldKeepAllThatCameWhileNothingChanges() {
    var window = fed(Adwin.withDelta(1e-6), new Random(1), 0.2, 50_000);

    assertThat(window.count()).isEqualTo(50_000);
    assertThat(window.sum() / window.count()).isCloseTo(0.2, within(0.01));
  }

  @Test
  void shouldKeepLogarithmicallyManyBuckets() {
    int values = 1 << 16;
    var window = fed(Adwin.withDelta(1e-6), new Random(1), 0.2, values);

    // Proposition of section 3.2: M log2(n / M) buckets, and those that are not merged yet.
    double most = Adwin.MOST_OF_A_SIZE * (Math.log((double) values / 5) / Math.log(2) + 2);
    assertThat(window.buckets()).isLessThanOrEqualTo((int) most);
    assertThat(window.bytes()).isLessThan(1500);
  }

  /** Theorem 3.1.1, over the rates and bounds of the paper's table 1. */
  @ParameterizedTest
  @CsvSource({
    "0.01, 0.05",
    "0.1, 0.05",
    "0.3, 0.05",
    "0.5, 0.05",
    "0.01, 0.1",
    "0.1, 0.1",
    "0.3, 0.1",
    "0.5, 0.1",
    "0.01, 0.3",
    "0.1, 0.3",
    "0.3, 0.3",
    "0.5, 0.3"
  })
  void shouldCutInAtMostTheShareDeltaOfStepsIfNothingChanges(double rate, double delta) {
    var random = new Random(7);
    var window = Adwin.withDelta(delta);
    int cuts = 0;
    int steps = 50_000;
    for (int i = 0; i < steps; i++) {
      var step = window.plus(random.nextDouble() < rate ? 1 : 0);
      cuts += step.change().isPresent() ? 1 : 0;
      window = step.next();
    }
    System.out.printf("ADWIN rate %s delta %s: %d cuts in %d steps%n", rate, delta, cuts, steps);
    assertThat((double) cuts / steps).isLessThanOrEqualTo(delta);
  }

  /**
   * Theorem 3.1.2: once two parts differ by more than twice the bound, the window is cut with
   * probability 1 - delta. What is left of the older part then is too short to tell.
   */
  @ParameterizedTest
  @CsvSource({"0.1, 0.5", "0.2, 0.4", "0.05, 0.3", "0.5, 0.1"})
  void shouldCutByTheTimeTheNewPartDiffersByTwiceTheBound(double before, double after) {
    int older = 1000;
    int newer = valuesForTwiceTheBound(older, before, after);
    int cut = 0;
    int runs = 300;
    for (int seed = 0; seed < runs; seed++) {
      var random = new Random(seed);
      var window = fed(Adwin.withDelta(DELTA), random, before, older);
      long kept = fed(window, random, after, newer).count();
      cut += kept < older / 2 + newer ? 1 : 0;
    }
    System.out.printf(
        "ADWIN %s -> %s: cut within %d in %d of %d%n", before, after, newer, cut, runs);
    assertThat((double) cut / runs).isGreaterThanOrEqualTo(1 - DELTA);
  }

  /** Returns the n1 at which {@code |after - before| > 2 epsilon_cut(1000, n1)}. */
  private static int valuesForTwiceTheBound(int older, double before, double after) {
    int newer = 1;
    while (Math.abs(after - before) <= 2 * bound(older, before, newer, after)) {
      newer++;
    }
    return newer;
  }

  private static double bound(double older, double before, double newer, double after) {
    double n = older + newer;
    double mean = (older * before + newer * after) / n;
    double inverse = 1 / older + 1 / newer;
    double confidence = Math.log(2 * Math.log(n) / DELTA);
    return Math.sqrt(2 * inverse * mean * (1 - mean) * confidence) + 2.0 / 3 * inverse * confidence;
  }

  @Test
  void shouldTellWhatItCompared() {
    var random = new Random(3);
    var window = fed(Adwin.withDelta(1e-3), random, 0.1, 2000);
    Adwin.Step step;
    do {
      step = window.plus(random.nextDouble() < 0.5 ? 1 : 0);
      window = step.next();
    } while (step.change().isEmpty());

    var change = step.change().orElseThrow();
    assertThat(change.before()).isCloseTo(0.1, within(0.03));
    assertThat(change.after()).isCloseTo(0.5, within(0.2));
    assertThat(change.increase()).isGreaterThan(change.bound());
    assertThat(change.beforeCount()).isBetween(1900L, 2010L);
    assertThat(window.count()).isLessThan(change.beforeCount());
  }

  /** Section 4.2: under a gradual change the window shortens, and its mean follows. */
  @Test
  void shouldFollowAGradualChange() {
    var random = new Random(5);
    var window = fed(Adwin.withDelta(DELTA), random, 0.1, 4000);
    for (int i = 0; i < 4000; i++) {
      window = window.plus(random.nextDouble() < 0.1 + 0.8 * i / 4000 ? 1 : 0).next();
    }
    assertThat(window.count()).isLessThan(2000);
    assertThat(window.sum() / window.count()).isGreaterThan(0.7);
  }

  @Test
  void shouldBeTheSameAfterItWasKeptAsBytes() {
    var random = new Random(9);
    var window = fed(Adwin.withDelta(DELTA), random, 0.3, 777);
    var bytes = ByteBuffer.allocate(window.bytes());
    window.write(bytes);
    assertThat(bytes.remaining()).isZero();
    var read = Adwin.read(DELTA, bytes.flip());

    for (int i = 0; i < 500; i++) {
      double value = random.nextDouble();
      var expected = window.plus(value);
      var found = read.plus(value);
      assertThat(found.change()).isEqualTo(expected.change());
      window = expected.next();
      read = found.next();
    }
    assertThat(read.count()).isEqualTo(window.count());
    assertThat(read.sum()).isEqualTo(window.sum());
  }

  @Test
  void shouldRefuseWhatItsBoundsDoNotHoldFor() {
    assertThatThrownBy(() -> Adwin.withDelta(0)).hasMessageContaining("delta is 0.0, expected");
    assertThatThrownBy(() -> Adwin.withDelta(DELTA).plus(1.5))
        .hasMessageContaining("value is 1.5, expected a number from 0 to 1");
    assertThatThrownBy(() -> Adwin.withDelta(DELTA).plus(Double.NaN))
        .hasMessageContaining("value is NaN");
  }
}
