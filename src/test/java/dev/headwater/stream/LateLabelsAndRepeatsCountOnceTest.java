package dev.headwater.stream;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.Eventually;
import dev.headwater.broker.KafkaForTests;
import dev.headwater.broker.TestBroker;
import dev.headwater.event.ModelStatus;
import dev.headwater.event.Prediction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Of images that come twice, and labels that come late, early and in any order, each image is
 * predicted once and each labelled image is learnt once.
 */
class LateLabelsAndRepeatsCountOnceTest {
  private static final int IMAGES = 1_000;
  private static final int LONGEST_DELAY_MILLIS = 5_000;
  private static final long SEED = 20_261_124;

  @TempDir static Path directory;
  static TestBroker broker;
  static RunningAdaptation running;

  @BeforeAll
  static void start() {
    broker = KafkaForTests.start(directory.resolve("broker"));
    running = new RunningAdaptation(broker, "late.", directory.resolve("state"));
  }

  @AfterAll
  static void stop() {
    running.close();
    broker.close();
  }

  /** Something to send, so many milliseconds after the start. */
  private record Act(int at, Runnable send) {}

  @Test
  void shouldPredictEachImageOnceAndLearnEachLabelOnce() {
    var random = new SplittableRandom(SEED);
    var acts = new ArrayList<Act>();
    var images = TestImage.labelled("late", IMAGES).toList();
    for (int n = 0; n < IMAGES; n++) {
      plan(images.get(n), n, random, acts);
    }
    play(acts);
    long repeats = acts.size() - 2L * IMAGES;
    var model = await(repeats);
    System.out.printf(
        "%d images, %d sent twice, seed %d: %d predictions, %d examples, %d repeated, %d corrected%n",
        IMAGES,
        repeats,
        SEED,
        model.predictions(),
        model.examples(),
        model.repeated(),
        model.corrected());
    assertThat(model.examples()).isEqualTo(IMAGES);
    assertThat(model.predictions()).isEqualTo(IMAGES);
    assertThat(model.repeated()).isEqualTo(repeats);
    assertThat(model.corrected()).isZero();
    assertThat(running.predictions())
        .extracting(Prediction::imageId)
        .containsExactlyInAnyOrderElementsOf(images.stream().map(TestImage::id).toList());
    assertThat(running.records(running.topics().deadLetters())).isEmpty();
    assertScoresStandAtTheVersionThatPredicted(model);
  }

  private static void assertScoresStandAtTheVersionThatPredicted(ModelStatus model) {
    var byVersion =
        running.predictions().stream()
            .map(Prediction::snapshotVersion)
            .filter(version -> version > 0)
            .collect(groupingBy(version -> version, counting()));
    assertThat(model.servedExamples())
        .isEqualTo(byVersion.values().stream().mapToLong(count -> count).sum());
    assertThat(model.servedVersions())
        .isNotEmpty()
        .allSatisfy(
            (version, share) -> assertThat(share.examples()).isEqualTo(byVersion.get(version)));
  }

  /**
   * Each image comes at some time of the first five seconds, to any partition, every third twice;
   * its label up to five seconds later, or, of every tenth, before it.
   */
  private static void plan(TestImage image, int n, SplittableRandom random, List<Act> acts) {
    var unlabelled = image.withoutLabel();
    int at = random.nextInt(LONGEST_DELAY_MILLIS);
    int delay = random.nextInt(LONGEST_DELAY_MILLIS);
    int labelAt = n % 10 == 0 ? random.nextInt(at + 1) - 1 : at + delay;
    int partition = random.nextInt(RunningAdaptation.PARTITIONS);
    String label = image.positive() ? "1" : "0";
    acts.add(new Act(at, () -> running.sendLater(unlabelled)));
    acts.add(new Act(labelAt, () -> running.sendLabel(image.id(), label, partition)));
    if (n % 3 == 0) {
      var again = new TestImage(image.id(), "default", partition, image.color(), false);
      acts.add(new Act(at + random.nextInt(2_000), () -> running.sendLater(again)));
    }
  }

  private static void play(List<Act> acts) {
    acts.sort(Comparator.comparingInt(Act::at));
    long start = System.nanoTime();
    for (Act act : acts) {
      long wait = start + act.at() * 1_000_000L - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(wait);
      }
      act.send().run();
    }
    running.flush();
  }

  private static ModelStatus await(long repeats) {
    return Eventually.get(
            IMAGES + " examples and " + repeats + " repeats",
            Duration.ofSeconds(90),
            () -> running.model("default"),
            found -> found.filter(m -> m.examples() + m.repeated() >= IMAGES + repeats).isPresent())
        .orElseThrow();
  }
}
