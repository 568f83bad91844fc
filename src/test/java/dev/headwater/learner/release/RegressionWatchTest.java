package dev.headwater.learner.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.event.PromotionPolicy;
import dev.headwater.snapshot.Snapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegressionWatchTest {
  private static final int LEAST = 32;

  private final RegressionWatch watch = new RegressionWatch(LEAST);
  private final ReleaseFixture fixture = new ReleaseFixture(PromotionPolicy.CONTINUOUS);
  private final ReleaseState release = fixture.release();

  private void serve(Snapshot snapshot) {
    fixture.keep(snapshot, false);
    release.serving().serve(snapshot.version(), fixture.labels());
  }

  /** Version 1 was always right and version 2, always wrong, serves; each of ten labels more. */
  private void serveWrongAfterRight() {
    fixture.label(10, true);
    serve(ReleaseFixture.snapshot(1, ReleaseFixture.RIGHT));
    fixture.label(10, true);
    serve(ReleaseFixture.snapshot(2, ReleaseFixture.WRONG));
  }

  private void follow(long version) {
    fixture.label(10, true);
    fixture.keep(version, ReleaseFixture.RIGHT);
    release.serving().follow(version, fixture.labels());
  }

  @Test
  void shouldFindTheEarlierVersionThatIsMuchBetter() {
    serveWrongAfterRight();
    fixture.label(LEAST, true);
    var found = watch.look(release, fixture.labels()).orElseThrow();
    assertThat(found.version()).isEqualTo(1);
    assertThat(found.comparison().examples()).isEqualTo(LEAST);
    assertThat(found.comparison().servedAccuracy()).isZero();
    assertThat(found.comparison().candidateAccuracy()).isEqualTo(1);
  }

  @Test
  void shouldWaitUntilThereIsEnoughToCompareOn() {
    serveWrongAfterRight();
    fixture.label(LEAST - 1, true);
    assertThat(watch.look(release, fixture.labels())).isEmpty();
  }

  @Test
  void shouldNotLookAgainSoonAfterAReport() {
    serveWrongAfterRight();
    fixture.label(LEAST, true);
    release.serving().regressed(fixture.labels());
    assertThat(watch.look(release, fixture.labels() + 99)).isEmpty();
    assertThat(watch.look(release, fixture.labels() + 100)).isPresent();
  }

  @Test
  void shouldFindNothingWhereTheVersionInServiceIsRight() {
    fixture.label(10, true);
    serve(ReleaseFixture.snapshot(1, ReleaseFixture.RIGHT));
    fixture.label(10, true);
    serve(ReleaseFixture.snapshot(2, ReleaseFixture.RIGHT));
    fixture.label(LEAST, false);
    assertThat(watch.look(release, fixture.labels())).isEmpty();
  }

  @Test
  void shouldNotCallBetterWhatNeverServed() {
    fixture.label(10, true);
    fixture.keep(1, ReleaseFixture.RIGHT);
    serve(ReleaseFixture.snapshot(2, ReleaseFixture.WRONG));
    fixture.label(LEAST, true);
    assertThat(watch.look(release, fixture.labels())).isEmpty();
  }

  @Test
  void shouldNotCallBetterWhatIsOfOtherClasses() {
    fixture.label(10, true);
    var other = ReleaseFixture.snapshot(1, ReleaseFixture.RIGHT);
    serve(
        new Snapshot(
            "m",
            1,
            0,
            ReleaseFixture.BACKBONE,
            false,
            List.of("good", "bad"),
            0.5,
            10,
            other.accuracy(),
            other.windowAccuracy(),
            ReleaseFixture.TIME,
            "training",
            other.head()));
    fixture.label(10, true);
    serve(ReleaseFixture.snapshot(2, ReleaseFixture.WRONG));
    fixture.label(LEAST, true);
    assertThat(watch.look(release, fixture.labels())).isEmpty();
  }

  @Test
  void shouldJudgeVersionsThatFollowOneAnotherByTheHeadInTraining() {
    fixture.label(10, true);
    serve(ReleaseFixture.snapshot(1, ReleaseFixture.RIGHT));
    follow(2);
    fixture.label(LEAST, false);
    fixture.keep(3, ReleaseFixture.WRONG);
    release.serving().follow(3, fixture.labels());
    assertThat(release.isFollowing()).isTrue();
    var found = watch.look(release, fixture.labels()).orElseThrow();
    assertThat(found.comparison().examples()).isEqualTo(LEAST);
    assertThat(found.version()).as("of equals the earliest").isEqualTo(1);
  }

  @Test
  void shouldLookAtTheNewestAloneToo() {
    fixture.label(10, true);
    serve(ReleaseFixture.snapshot(1, ReleaseFixture.RIGHT));
    follow(2);
    fixture.label(60, true);
    fixture.label(LEAST, false);
    fixture.keep(3, ReleaseFixture.WRONG);
    release.serving().follow(3, fixture.labels());
    assertThat(watch.look(release, fixture.labels()).orElseThrow().comparison().examples())
        .isEqualTo(LEAST);
  }
}
