package dev.headwater.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.evaluation.Alarm.Detector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossWatchTest {
  private static final int STATIONARY = 20_000;
  private static final int SEEDS = 20;

  /** Answers that are wrong at a rate, with the probabilities of a head that is rather sure. */
  private static final class Answers {
    private final Random random;
    private LossWatch watch = LossWatch.NONE;
    private final List<Alarm> alarms = new ArrayList<>();

    Answers(int seed) {
      random = new Random(seed);
    }

    void give(double rate) {
      boolean wrong = random.nextDouble() < rate;
      double spread = random.nextDouble();
      give(wrong, wrong ? 0.5 + 0.5 * spread : 0.5 * spread * spread * spread);
    }

    void give(boolean wrong, double loss) {
      var step = watch.plus(wrong, loss);
      watch = step.next();
      step.alarm().ifPresent(alarms::add);
    }

    void give(double rate, int count) {
      for (int i = 0; i < count; i++) {
        give(rate);
      }
    }
  }

  private static List<Integer> falseAlarms(String name, IntToDoubleFunction rate) {
    var counts = new ArrayList<Integer>();
    for (int seed = 0; seed < SEEDS; seed++) {
      var answers = new Answers(seed);
      for (int i = 0; i < STATIONARY; i++) {
        answers.give(rate.applyAsDouble(i));
      }
      counts.add(answers.alarms.size());
    }
    System.out.printf("false alarms in 20 000 answers, %s, by seed: %s%n", name, counts);
    return counts;
  }

  @ParameterizedTest
  @CsvSource({"0.01", "0.05", "0.2", "0.4"})
  void shouldHardlyEverAlarmIfNothingChanges(double rate) {
    var counts = falseAlarms("rate " + rate, i -> rate);

    assertThat(counts).allMatch(count -> count <= 1);
    assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isLessThanOrEqualTo(3);
  }

  @Test
  void shouldNotAlarmBecauseAModelBecomesBetter() {
    var counts = falseAlarms("rate falls from 0.3 to 0.05", i -> 0.05 + 0.25 * Math.exp(-i / 300.));

    assertThat(counts).allMatch(count -> count <= 1);
    assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isLessThanOrEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"0.05, 0.3, 60, 150", "0.1, 0.4, 60, 150", "0.02, 0.5, 30, 60", "0.05, 0.6, 30, 60"})
  void shouldFindThatAnswersBecameWorse(double before, double after, int median, int most) {
    var delays = new ArrayList<Integer>();
    for (int seed = 0; seed < 200; seed++) {
      var answers = new Answers(1000 + seed);
      answers.give(before, 1000);
      answers.alarms.clear();
      int delay = 0;
      while (answers.alarms.isEmpty()) {
        answers.give(after);
        delay++;
      }
      delays.add(delay);
    }
    Collections.sort(delays);
    long late = delays.stream().filter(delay -> delay > 100).count();
    System.out.printf(
        "error %s -> %s: median delay %d, 95%% within %d, longest %d, %d of 200 over 100%n",
        before, after, delays.get(100), delays.get(190), delays.get(199), late);
    assertThat(delays.get(100)).isLessThan(median);
    assertThat(delays.get(190)).isLessThan(100);
    assertThat(delays.get(199)).isLessThan(most);
  }

  @Test
  void shouldAlarmOnceForOneShift() {
    for (int seed = 0; seed < SEEDS; seed++) {
      var answers = new Answers(seed);
      answers.give(0.05, 1000);
      answers.give(0.4, 2000);
      assertThat(answers.alarms).hasSize(1);
      assertThat(answers.alarms.get(0).before().orElseThrow()).isLessThan(0.1);
      assertThat(answers.alarms.get(0).after().orElseThrow()).isGreaterThan(0.2);
    }
  }

  /** Page-Hinkley is made for sudden shifts: what comes slowly is ADWIN's. */
  @Test
  void shouldFindAGradualChange() {
    for (int seed = 0; seed < SEEDS; seed++) {
      var answers = new Answers(seed);
      answers.give(0.05, 2000);
      for (int i = 0; i < 4000; i++) {
        answers.give(0.05 + 0.15 * i / 4000);
      }
      assertThat(answers.alarms).hasSizeBetween(1, 3);
    }
  }

  @Test
  void shouldFindWithAdwinThatAModelBecameUnsureThoughItIsRight() {
    var answers = new Answers(1);
    for (int i = 0; i < 500; i++) {
      answers.give(false, 0.02 + 0.04 * answers.random.nextDouble());
    }
    for (int i = 0; i < 100; i++) {
      answers.give(false, 0.2 + 0.2 * answers.random.nextDouble());
    }
    assertThat(answers.alarms).extracting(Alarm::detector).containsExactly(Detector.ADWIN);
  }

  @Test
  void shouldBeTheSameAfterItWasKeptAsBytes() {
    var answers = new Answers(4);
    answers.give(0.1, 500);
    answers.give(true, 0.9);
    var bytes = ByteBuffer.allocate(answers.watch.bytes());
    answers.watch.write(bytes);
    assertThat(bytes.remaining()).isZero();
    var read = LossWatch.read(bytes.flip());

    assertThat(read.page()).isEqualTo(answers.watch.page());
    assertThat(read.plus(true, 0.9).next().errors().sum())
        .isEqualTo(answers.watch.plus(true, 0.9).next().errors().sum());
    assertThat(answers.watch.bytes()).isLessThan(3000);
  }
}
