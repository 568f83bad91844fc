package dev.headwater.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.evaluation.Alarm.Detector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingDriftTest {
  private static final int STATIONARY = 20_000;

  /** Takes images, starts anew after each alarm, and keeps when it came. */
  private static final class Watched {
    private EmbeddingDrift drift = new EmbeddingDrift();
    private final List<Integer> alarms = new ArrayList<>();
    private int images;

    void see(int count, Supplier<float[]> image) {
      for (int i = 0; i < count; i++) {
        images++;
        if (drift.see(image.get()).isPresent()) {
          alarms.add(images);
          drift = new EmbeddingDrift();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.9, 0.99})
  void shouldHardlyEverAlarmOnAMixtureThatStaysTheSame(double rate) {
    var embeddings = new SyntheticEmbeddings(11);
    double[] first = embeddings.kind(0.3);
    double[] second = embeddings.kind(0.3);
    var watched = new Watched();

    watched.see(STATIONARY, () -> embeddings.draw(rate, first, second));

    System.out.printf(
        "false alarms in 20 000 images, %s to %.2f: %d%n", rate, 1 - rate, watched.alarms.size());
    assertThat(watched.alarms).hasSizeLessThanOrEqualTo(1);
  }

  /** Domains that take turns are one mixture, however different they are. */
  @Test
  void shouldNotAlarmOnDomainsThatAlternate() {
    var embeddings = new SyntheticEmbeddings(12);
    double[] day = embeddings.kind(0.5);
    double[] night = embeddings.kind(0.5);
    var watched = new Watched();

    for (int i = 0; i < STATIONARY / 2; i++) {
      watched.see(1, () -> embeddings.draw(day));
      watched.see(1, () -> embeddings.draw(night));
    }
    assertThat(watched.alarms).isEmpty();
  }

  /** A camera sends five frames of each scene: that is a fifth of the images. */
  @Test
  void shouldNotAlarmBecauseNeighboursAreAlike() {
    var embeddings = new SyntheticEmbeddings(13);
    double[] first = embeddings.kind(0.3);
    double[] second = embeddings.kind(0.3);
    var watched = new Watched();

    for (int scene = 0; scene < STATIONARY / 5; scene++) {
      float[] frame = embeddings.draw(0.5, first, second);
      watched.see(5, () -> frame);
    }
    System.out.printf("false alarms in 20 000 frames, 5 a scene: %d%n", watched.alarms.size());
    assertThat(watched.alarms).hasSizeLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {150, 300, 1000, 5000})
  void shouldFindAShiftOnceWithinThreeHundredImages(int before) {
    var embeddings = new SyntheticEmbeddings(14);
    double[] first = embeddings.kind(0.3);
    double[] second = embeddings.kind(0.3);
    double[] shift = embeddings.kind(0.15);
    double[] firstAfter = embeddings.moved(first, shift);
    double[] secondAfter = embeddings.moved(second, shift);
    var watched = new Watched();

    watched.see(before, () -> embeddings.draw(0.7, first, second));
    assertThat(watched.alarms).isEmpty();
    watched.see(1000, () -> embeddings.draw(0.7, firstAfter, secondAfter));

    System.out.printf("shift after %d images, alarms at %s%n", before, watched.alarms);
    assertThat(watched.alarms).hasSize(1);
    assertThat(watched.alarms.get(0)).isLessThanOrEqualTo(before + 300);
  }

  @Test
  void shouldSayHowManyImagesItCompared() {
    var embeddings = new SyntheticEmbeddings(15);
    double[] first = embeddings.kind(0.3);
    double[] second = embeddings.kind(0.6);
    var drift = new EmbeddingDrift();
    for (int i = 0; i < 500; i++) {
      drift.see(embeddings.draw(first));
    }
    var alarm = drift.see(embeddings.draw(second));
    for (int i = 0; alarm.isEmpty(); i++) {
      assertThat(i).isLessThan(300);
      alarm = drift.see(embeddings.draw(second));
    }
    var found = alarm.orElseThrow();
    assertThat(found.detector()).isEqualTo(Detector.EMBEDDINGS);
    assertThat(found.beforeCount() + found.afterCount()).isBetween(501L, 800L);
    assertThat(found.statistic()).isGreaterThan(found.threshold());
    assertThat(found.before()).isEmpty();
  }

  /** Embeddings that say little: two kinds of image, no noise, fewer values than a sketch has. */
  @Test
  void shouldTakeEmbeddingsThatDifferInFewDirections() {
    float[] red = {1, 0, 0};
    float[] blue = {0, 0, 1};
    float[] green = {0, 1, 0};
    var watched = new Watched();

    for (int i = 0; i < 500; i++) {
      watched.see(1, i % 2 == 0 ? () -> red : () -> blue);
    }
    assertThat(watched.alarms).isEmpty();
    watched.see(300, () -> green);
    assertThat(watched.alarms).hasSize(1);

    var constant = new Watched();
    constant.see(1000, () -> red);
    assertThat(constant.alarms).isEmpty();
  }

  @Test
  void shouldBeTheSameAfterItWasKeptAsBytes() {
    var embeddings = new SyntheticEmbeddings(16);
    double[] first = embeddings.kind(0.3);
    double[] second = embeddings.kind(0.5);
    var kept = new EmbeddingDrift();
    var restored = new EmbeddingDrift();
    for (int i = 0; i < 1200; i++) {
      float[] image = embeddings.draw(i < 1100 ? first : second);
      restored = throughBytes(restored);
      var expected = kept.see(image);
      assertThat(restored.see(image)).isEqualTo(expected);
      if (expected.isPresent()) {
        return;
      }
    }
    throw new AssertionError("no alarm to compare");
  }

  private static EmbeddingDrift throughBytes(EmbeddingDrift drift) {
    var bytes = ByteBuffer.allocate(drift.bytes());
    drift.write(bytes);
    assertThat(bytes.remaining()).isZero();
    assertThat(drift.bytes()).isLessThan(30_000);
    return EmbeddingDrift.read(bytes.flip());
  }
}
