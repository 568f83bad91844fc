package dev.headwater.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommitRequesterTest {
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  private final MockProcessorContext<String, String> context = new MockProcessorContext<>();
  private final CommitRequester commits = new CommitRequester(context, INTERVAL);
  private long now = START;

  /** The thread has committed an hour ago. */
  @BeforeEach
  void begin() {
    CommitRequester.committed(START - 3_600_000);
    at(START);
  }

  private void at(long millis) {
    now = millis;
    context.setCurrentSystemTimeMs(millis);
  }

  private boolean hasAsked() {
    boolean asked = context.committed();
    context.resetCommit();
    return asked;
  }

  private List<CapturedPunctuator> plans() {
    return context.scheduledPunctuators().stream().filter(plan -> !plan.cancelled()).toList();
  }

  private void carryOut(CapturedPunctuator plan) {
    plan.getPunctuator().punctuate(now);
  }

  @Test
  void shouldAskAtOnceIfTheLastCommitIsLongAgo() {
    commits.requestCommitIfFresh(now - 499);

    assertThat(hasAsked()).isTrue();
  }

  @Test
  void shouldLeaveWhatHasWaitedToTheNextCommit() {
    commits.requestCommitIfFresh(now - 500);

    assertThat(hasAsked()).isFalse();
    assertThat(plans()).isEmpty();
  }

  @Test
  void shouldAskOnceAnIntervalForAllThatComesInIt() {
    CommitRequester.committed(now);
    at(now + 30);
    commits.requestCommit();
    at(now + 30);
    commits.requestCommit();

    assertThat(hasAsked()).isFalse();
    assertThat(plans())
        .singleElement()
        .satisfies(plan -> assertThat(plan.getInterval()).isEqualTo(Duration.ofMillis(70)));

    at(now + 40);
    carryOut(plans().get(0));

    assertThat(hasAsked()).isTrue();
    assertThat(plans()).isEmpty();
  }

  @Test
  void shouldNotAskForWhatAnotherTaskHasHadCommitted() {
    CommitRequester.committed(now);
    at(now + 30);
    commits.requestCommit();
    at(now + 20);
    CommitRequester.committed(now);
    at(now + 50);
    carryOut(plans().get(0));

    assertThat(hasAsked()).isFalse();
    assertThat(plans()).isEmpty();
  }

  @Test
  void shouldCountTheIntervalFromTheLastCommitWhoeverAskedForIt() {
    CommitRequester.committed(now);
    at(now + 30);
    commits.requestCommit();
    at(now + 20);
    CommitRequester.committed(now);
    at(now + 10);
    new CommitRequester(context, INTERVAL).requestCommit();
    at(now + 40);
    carryOut(plans().get(0));

    assertThat(hasAsked()).as("50 ms after the commit").isFalse();
    assertThat(plans())
        .extracting(CapturedPunctuator::getInterval)
        .containsExactly(Duration.ofMillis(90), Duration.ofMillis(50));
  }

  @Test
  void shouldNotWaitUntilAClockThatWasSetBackHasCaughtUp() {
    CommitRequester.committed(now);
    commits.requestCommit();
    at(now - 3_600_000);
    commits.requestCommit();

    assertThat(hasAsked()).isTrue();
  }

  @Test
  void shouldLeaveALongIntervalToKafkaStreams() {
    new CommitRequester(context, Duration.ofMillis(500)).requestCommit();

    assertThat(hasAsked()).isFalse();
    assertThat(CommitRequester.backgroundInterval(Duration.ofSeconds(20)))
        .isEqualTo(Duration.ofSeconds(20));
    assertThat(CommitRequester.backgroundInterval(INTERVAL)).isEqualTo(Duration.ofMillis(500));
  }
}
