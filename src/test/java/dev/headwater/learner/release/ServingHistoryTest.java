package dev.headwater.learner.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.event.PromotionPolicy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServingHistoryTest {
  private final ReleaseFixture fixture = new ReleaseFixture(PromotionPolicy.CONTINUOUS);
  private final ServingHistory serving = fixture.release().serving();

  @BeforeEach
  void keepFive() {
    for (long version = 1; version <= 5; version++) {
      keep(version);
    }
  }

  private void keep(long version) {
    fixture.label(64, true);
    fixture.keep(version, ReleaseFixture.RIGHT);
  }

  @Test
  void shouldServeNothingAtFirst() {
    assertThat(serving.version()).isZero();
    assertThat(serving.previous()).isZero();
    assertThat(serving.history()).isEmpty();
  }

  @Test
  void shouldPutAVersionIntoServiceAndReturnItsFile() {
    serving.serve(1, 10);
    assertThat(serving.serve(3, 30)).isEqualTo(fixture.release().kept().file(3));
    assertThat(serving.version()).isEqualTo(3);
    assertThat(serving.previous()).isEqualTo(1);
    assertThat(serving.since()).isEqualTo(30);
    assertThat(serving.history()).containsExactly(1L, 3L);
    assertThat(serving.isNeeded(3)).isTrue();
    assertThat(serving.isNeeded(1)).isTrue();
    assertThat(serving.isNeeded(2)).isFalse();
  }

  @Test
  void shouldStandSinceItCameIntoServiceThoughItIsPutThereAgain() {
    serving.serve(1, 10);
    serving.regressed(12);
    serving.serve(1, 20);
    assertThat(serving.since()).isEqualTo(10);
    assertThat(serving.regressedAt()).isEqualTo(12);
    serving.serve(2, 30);
    assertThat(serving.regressedAt()).as("another version has not regressed").isZero();
  }

  @Test
  void shouldRememberSinceWhenVersionsHaveFollowedOneAnother() {
    serving.serve(1, 10);
    serving.follow(2, 20);
    serving.follow(3, 30);
    assertThat(serving.followedSince()).isEqualTo(20);
    assertThat(serving.since()).isEqualTo(30);
    serving.interrupt();
    assertThat(serving.followedSince()).isZero();
    serving.follow(4, 40);
    assertThat(serving.followedSince()).isEqualTo(40);
    serving.serve(5, 50);
    assertThat(serving.followedSince()).as("by command").isZero();
  }

  @Test
  void shouldKeepSinceWhenAVersionIsReplacedByOneOfTheSameWeights() {
    serving.serve(1, 10);
    serving.replace(2);
    assertThat(serving.version()).isEqualTo(2);
    assertThat(serving.previous()).isEqualTo(1);
    assertThat(serving.since()).isEqualTo(10);
  }

  @Test
  void shouldForgetWhatServedAfterAVersionThatComesBack() {
    serving.serve(1, 10);
    serving.serve(2, 20);
    serving.serve(3, 30);
    serving.serveAgain(1, 40);
    assertThat(serving.history()).containsExactly(1L);
    assertThat(serving.since()).isEqualTo(40);
  }

  @Test
  void shouldForgetWhatIsNewerThanAVersionThatNeverServed() {
    serving.serve(1, 10);
    serving.serve(5, 20);
    serving.serveAgain(3, 30);
    assertThat(serving.history()).containsExactly(1L, 3L);
  }

  @Test
  void shouldForgetWhatIsNotKept() {
    serving.serve(1, 10);
    serving.serve(2, 20);
    serving.serve(3, 30);
    for (long version = 6; version <= 12; version++) {
      keep(version);
    }
    assertThat(serving.history()).as("version 1 made room").containsExactly(2L, 3L);
  }

  @Test
  void shouldReportARegressionOnceInAHundredLabels() {
    serving.serve(1, 10);
    assertThat(serving.hasJustRegressed(20)).isFalse();
    serving.regressed(20);
    assertThat(serving.hasJustRegressed(119)).isTrue();
    assertThat(serving.hasJustRegressed(120)).isFalse();
  }

  @Test
  void shouldRollTrainingBackToAVersionOnce() {
    serving.serve(1, 10);
    assertThat(serving.hasRolledTrainingBack()).isFalse();
    serving.setTrainingRolledBack();
    assertThat(serving.hasRolledTrainingBack()).isTrue();
    assertThat(serving.rolledTrainingBackTo()).isEqualTo(1);
    serving.serve(2, 20);
    assertThat(serving.hasRolledTrainingBack()).isFalse();
  }
}
