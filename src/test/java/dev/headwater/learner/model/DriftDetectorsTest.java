package dev.headwater.learner.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.backbone.Embedding;
import dev.headwater.evaluation.Alarm;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DriftDetectorsTest {
  private final HeapStore store = new HeapStore();
  private final DriftDetectors detectors = new DriftDetectors("m", store);
  private final List<Alarm> alarms = new ArrayList<>();
  private SplittableRandom random;

  @BeforeEach
  void seed() {
    random = new SplittableRandom(17);
  }

  private void judge(String domain, double rate) {
    boolean wrong = random.nextDouble() < rate;
    alarms.addAll(detectors.judge(domain, wrong, wrong ? 0.9 : 0.1));
  }

  /** One image in ten is of the night. */
  private void judgeTenDomains(int count, double rate, double rateAtNight) {
    for (int i = 0; i < count; i++) {
      if (i % 10 == 0) {
        judge("night", rateAtNight);
      } else {
        judge("day-" + i % 10, rate);
      }
    }
  }

  @Test
  void shouldNameTheDomainWhereOnlyThatOneBecameWorse() {
    judgeTenDomains(3000, 0.05, 0.05);
    assertThat(alarms).isEmpty();

    judgeTenDomains(300, 0.05, 1);

    assertThat(alarms).isNotEmpty();
    assertThat(alarms.get(0).domain()).contains("night");
  }

  @Test
  void shouldAlarmOnceWhenAllDomainsBecomeWorseAtOnce() {
    judgeTenDomains(3000, 0.05, 0.05);
    judgeTenDomains(3000, 0.5, 0.5);

    assertThat(alarms).hasSize(1);
    assertThat(alarms.get(0).domain()).isEmpty();
  }

  /** Twenty thousand answers, in ten domains, of which one is always harder. */
  @Test
  void shouldHardlyEverAlarmOverAllDomainsIfNothingChanges() {
    var counts = new ArrayList<Integer>();
    for (int seed = 0; seed < 10; seed++) {
      random = new SplittableRandom(seed);
      alarms.clear();
      var fresh = new DriftDetectors("m", new HeapStore());
      for (int i = 0; i < 20_000; i++) {
        boolean wrong = random.nextDouble() < (i % 10 == 0 ? 0.3 : 0.05);
        alarms.addAll(fresh.judge("domain-" + i % 10, wrong, wrong ? 0.8 : 0.1));
      }
      counts.add(alarms.size());
    }
    System.out.printf("false alarms in 20 000 answers, ten domains, by seed: %s%n", counts);
    assertThat(counts).allMatch(count -> count <= 1);
  }

  @Test
  void shouldGiveNoAlarmOfADomainThatAppears() {
    judgeTenDomains(1000, 0.05, 0.05);
    for (int i = 0; i < 200; i++) {
      judge("new", 0.6);
    }
    assertThat(alarms).allMatch(alarm -> alarm.domain().isEmpty());
  }

  @Test
  void shouldStartAnewOnTheFirstImageOfAnotherBackbone() {
    var red = Embedding.copyOf(new float[] {1, 0});
    var blue = Embedding.copyOf(new float[] {0, 1});
    for (int i = 0; i < 300; i++) {
      alarms.addAll(detectors.see(i % 2 == 0 ? red : blue, i == 0));
    }
    var other = Embedding.copyOf(new float[] {5, 5, 5});
    for (int i = 0; i < 300; i++) {
      alarms.addAll(detectors.see(other, i == 0));
    }
    assertThat(alarms).isEmpty();
  }

  @Test
  void shouldKeepLittleOfAModel() {
    judgeTenDomains(20_000, 0.05, 0.05);
    for (int i = 0; i < 500; i++) {
      detectors.see(Embedding.copyOf(new float[] {i % 7, i % 3}), i == 0);
    }
    detectors.save();
    assertThat(store.entries().get("m/images").length).isLessThan(30_000);
    assertThat(store.entries())
        .hasSize(12)
        .allSatisfy((key, bytes) -> assertThat(bytes.length).isLessThan(30_000));
    assertThat(store.entries().get("m/answers").length).isLessThan(3000);
  }

  @Test
  void shouldRefuseWhatAnotherBuildWrote() {
    judge("a", 0);
    detectors.save();
    byte[] kept = store.get("m/answers");
    kept[0] = 9;
    store.put("m/answers", kept);

    var reopened = new DriftDetectors("m", store);
    assertThatThrownBy(() -> reopened.judge("a", false, 0.1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "detector m/answers has format 9: this build reads 1; start the build that wrote it");
  }
}
