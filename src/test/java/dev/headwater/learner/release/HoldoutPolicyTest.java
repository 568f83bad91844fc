package dev.headwater.learner.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.event.PromotionPolicy;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HoldoutPolicyTest {

  /** Learns 43 images, of which three wait for their mini-batch, and changes the policy. */
  private static ReleaseFixture changed(PromotionPolicy before, PromotionPolicy now, int heldOut) {
    var fixture = new ReleaseFixture(before);
    fixture.learn(43);
    LongStream.rangeClosed(1, heldOut)
        .mapToObj(number -> ReleaseFixture.example(number, true))
        .forEach(fixture.release().comparisonSet()::holdOut);
    fixture.release().setPolicy(now);
    new HoldoutPolicy(fixture.learner()).followPolicy(fixture.model(), before);
    return fixture;
  }

  @Test
  void shouldHoldOutAQuarterOfWhatWasLearntWhereTheGateBeginsToDecide() {
    var fixture = changed(PromotionPolicy.CONTINUOUS, PromotionPolicy.GATED, 0);
    assertThat(fixture.release().comparisonSet().heldOut(0))
        .as("the oldest of the newest labels")
        .extracting(ComparisonExample::number)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 10).boxed().toList());
    assertThat(fixture.release().comparisonSet().heldOut(0)).allMatch(ComparisonExample::isLearnt);
    assertThat(fixture.model().memory().reservoir().size()).as("no more learnt").isEqualTo(33);
  }

  @Test
  void shouldHoldOutNothingMoreWhereThereIsEnough() {
    var fixture = changed(PromotionPolicy.MANUAL, PromotionPolicy.GATED, 24);
    assertThat(fixture.release().comparisonSet().index().size()).isEqualTo(24);
    assertThat(fixture.model().memory().reservoir().size()).isEqualTo(43);
  }

  @Test
  void shouldHoldNothingOutWhereEachVersionServes() {
    var fixture = changed(PromotionPolicy.GATED, PromotionPolicy.CONTINUOUS, 24);
    assertThat(fixture.release().comparisonSet().index().size()).isZero();
  }

  @Test
  void shouldKeepWhatIsHeldOutWhileCommandsDecide() {
    var fixture = changed(PromotionPolicy.GATED, PromotionPolicy.MANUAL, 24);
    assertThat(fixture.release().comparisonSet().index().size()).isEqualTo(24);
  }

  @Test
  void shouldChangeNothingWhereThePolicyStays() {
    var gated = changed(PromotionPolicy.GATED, PromotionPolicy.GATED, 3);
    assertThat(gated.release().comparisonSet().index().size()).isEqualTo(3);
    var continuous = changed(PromotionPolicy.CONTINUOUS, PromotionPolicy.CONTINUOUS, 3);
    assertThat(continuous.release().comparisonSet().index().size()).isEqualTo(3);
  }
}
