package dev.headwater.learner.release;

import static dev.headwater.event.PromotionPolicy.CONTINUOUS;
import static dev.headwater.event.PromotionPolicy.GATED;
import static dev.headwater.event.PromotionPolicy.MANUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.event.ModelEvent.Kind;
import dev.headwater.learner.model.EffectiveConfig;
import dev.headwater.learner.release.ReleaseRecord.CommandReply;
import dev.headwater.learner.release.ReleaseState.Succession;
import org.junit.jupiter.api.Test;

class ReleaseStateTest {

  @Test
  void shouldLetAVersionFollowByThePolicyUnlessItIsPinnedOrMustProveItself() {
    var continuous = new ReleaseFixture(CONTINUOUS).release();
    assertThat(continuous.succession()).isEqualTo(Succession.FREE);
    continuous.requireGate(true);
    assertThat(continuous.succession()).isEqualTo(Succession.MUST_PROVE);
    continuous.pin(true);
    assertThat(continuous.succession()).isEqualTo(Succession.BY_COMMAND);
    var gated = new ReleaseFixture(GATED).release();
    assertThat(gated.succession()).isEqualTo(Succession.MUST_PROVE);
    var manual = new ReleaseFixture(MANUAL).release();
    assertThat(manual.succession()).isEqualTo(Succession.BY_COMMAND);
    manual.requireGate(true);
    assertThat(manual.succession()).isEqualTo(Succession.BY_COMMAND);
  }

  @Test
  void shouldGoByTheCommandedPolicyUntilItIsTakenBack() {
    var release = new ReleaseFixture(CONTINUOUS).release();
    release.setPolicy(MANUAL);
    assertThat(release.policy()).isEqualTo(MANUAL);
    release.setPolicy(null);
    assertThat(release.policy()).isEqualTo(CONTINUOUS);
  }

  @Test
  void shouldQuarantineWhatWasHeldOutLately() {
    var fixture = new ReleaseFixture(GATED);
    var release = fixture.release();
    fixture.keep(1, ReleaseFixture.RIGHT);
    release.serving().serve(1, 50);
    for (long number : new long[] {10, 50, 51, 100, 101, 500}) {
      release.comparisonSet().holdOut(ReleaseFixture.example(number, true));
    }
    assertThat(release.heldOut(120)).extracting(ComparisonExample::number).containsOnly(10L, 50L);
    assertThat(release.heldOut(500))
        .as("400 labels later")
        .extracting(ComparisonExample::number)
        .containsOnly(10L, 50L, 51L, 100L);
    release.setPolicy(MANUAL);
    assertThat(release.heldOut(500)).isEmpty();
  }

  @Test
  void shouldNeedHeldOutImagesOnceTheVersionInServiceIsNotYoung() {
    var fixture = new ReleaseFixture(GATED);
    assertThat(fixture.release().needsHeldOut()).as("nothing serves").isFalse();
    serve(fixture, 1, 159, false);
    assertThat(fixture.release().needsHeldOut()).isFalse();
    serve(fixture, 2, 1, false);
    assertThat(fixture.release().needsHeldOut()).isTrue();
    fixture.release().setPolicy(CONTINUOUS);
    assertThat(fixture.release().needsHeldOut()).isFalse();
    var imported = new ReleaseFixture(GATED);
    serve(imported, 1, 1, true);
    assertThat(imported.release().needsHeldOut()).as("an import is not young").isTrue();
  }

  private static void serve(ReleaseFixture fixture, long version, int labels, boolean isImported) {
    fixture.label(labels, true);
    fixture.keep(ReleaseFixture.snapshot(version, ReleaseFixture.RIGHT), isImported);
    fixture.release().serving().serve(version, fixture.labels());
  }

  @Test
  void shouldHoldOutOnlyWhereTheGateDecides() {
    long number = 1;
    var gated = new ReleaseFixture(GATED).release();
    while (!gated.holdsOut(number)) {
      number++;
    }
    gated.setPolicy(MANUAL);
    assertThat(gated.holdsOut(number)).isFalse();
  }

  @Test
  void shouldFollowUntilACommandInterrupts() {
    var fixture = new ReleaseFixture(CONTINUOUS);
    var release = fixture.release();
    serve(fixture, 1, 10, false);
    assertThat(release.isFollowing()).as("none has followed yet").isFalse();
    fixture.keep(2, ReleaseFixture.RIGHT);
    release.serving().follow(2, fixture.labels());
    assertThat(release.isFollowing()).isTrue();
    release.pin(true);
    release.pin(false);
    assertThat(release.isFollowing()).isFalse();
  }

  @Test
  void shouldGoByTheConfigurationOfItsRecordUntilItAdoptsAnother() {
    var fixture = new ReleaseFixture(GATED);
    var before = fixture.config();
    var configured =
        new EffectiveConfig(
            MANUAL, before.threshold(), before.onRegression(), before.keep(), before.training());
    var release =
        new ReleaseState(
            new VersionStore("m", fixture.versions()),
            ReleaseRecord.initial(0, before),
            configured);
    assertThat(release.hasOtherConfiguration()).isTrue();
    assertThat(release.policy()).isEqualTo(GATED);
    assertThat(release.adoptConfiguration()).as("what decided until now").isEqualTo(GATED);
    assertThat(release.hasOtherConfiguration()).isFalse();
    assertThat(release.policy()).isEqualTo(MANUAL);
  }

  @Test
  void shouldKnowTheNewestHundredReplies() {
    var release = new ReleaseFixture(GATED).release();
    for (int n = 0; n <= ReleaseRecord.MOST_REPLIES; n++) {
      release.replied(new CommandReply("c-" + n, "", Kind.PINNED, 0, ""));
    }
    assertThat(release.reply("c-0")).isEmpty();
    assertThat(release.reply("c-1")).isPresent();
    assertThat(release.record().replies()).hasSize(ReleaseRecord.MOST_REPLIES);
  }

  @Test
  void shouldGiveBackWhatItSaved() {
    var fixture = new ReleaseFixture(GATED);
    serve(fixture, 1, 10, false);
    fixture.release().pin(true);
    fixture.release().setThreshold("0.4");
    fixture.release().setBase(1);
    fixture.release().save();
    var store = new VersionStore("m", fixture.versions().reopened());
    var record = store.record().orElseThrow();
    assertThat(record).isEqualTo(fixture.release().record());
    var reopened = new ReleaseState(store, record, fixture.config());
    assertThat(reopened.record()).isEqualTo(record);
    assertThat(reopened.rule().text()).isEqualTo("0.4");
  }
}
