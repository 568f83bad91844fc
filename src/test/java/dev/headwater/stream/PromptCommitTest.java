package dev.headwater.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PromptCommitTest {
  private static final Duration INTERVAL = Duration.ofMillis(100);

  /** Each test is a day later, since the thread remembers when it has asked. */
  private static final AtomicLong DAYS = new AtomicLong();

  private final MockProcessorContext<String, String> context = new MockProcessorContext<>();
  private final PromptCommit commits = new PromptCommit(context, INTERVAL);
  private long now;

  @BeforeEach
  void beginDay() {
    at(
        Instant.parse("2026-01-01T00:00:00Z")
            .plus(Duration.ofDays(DAYS.incrementAndGet()))
            .toEpochMilli());
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

  @Test
  void shouldAskAtOnceForWhatHasJustCome() {
    commits.soonUnlessLate(now - 999);

    assertThat(hasAsked()).isTrue();
  }

  @Test
  void shouldLeaveWhatHasWaitedToTheNextCommit() {
    commits.soonUnlessLate(now - 1_000);

    assertThat(hasAsked()).isFalse();
    assertThat(context.scheduledPunctuators()).isEmpty();
  }

  @Test
  void shouldAskOnceAnIntervalForAllThatComesInIt() {
    commits.soon();
    hasAsked();
    at(now + 30);
    commits.soon();
    at(now + 30);
    commits.soon();

    assertThat(hasAsked()).isFalse();
    assertThat(context.scheduledPunctuators())
        .singleElement()
        .satisfies(planned -> assertThat(planned.getInterval()).isEqualTo(Duration.ofMillis(70)));

    at(now + 40);
    var planned = context.scheduledPunctuators().get(0);
    planned.getPunctuator().punctuate(now);

    assertThat(hasAsked()).isTrue();
    assertThat(planned.cancelled()).isTrue();
  }

  @Test
  void shouldPlanAgainOnceWhatWasPlannedIsDone() {
    commits.soon();
    at(now + 50);
    commits.soon();
    at(now + 50);
    context.scheduledPunctuators().get(0).getPunctuator().punctuate(now);
    at(now + 50);
    commits.soon();

    assertThat(context.scheduledPunctuators()).hasSize(2);
  }

  @Test
  void shouldAskForAllProcessorsOfAThreadTogether() {
    commits.soon();
    hasAsked();
    at(now + 99);
    new PromptCommit(context, INTERVAL).soon();

    assertThat(hasAsked()).isFalse();

    at(now + 1);
    new PromptCommit(context, INTERVAL).soon();

    assertThat(hasAsked()).isTrue();
  }

  @Test
  void shouldNotWaitUntilAClockThatWasSetBackHasCaughtUp() {
    commits.soon();
    hasAsked();
    at(now - 3_600_000);
    commits.soon();

    assertThat(hasAsked()).isTrue();
  }

  @Test
  void shouldLeaveALongIntervalToKafkaStreams() {
    new PromptCommit(context, Duration.ofSeconds(1)).soon();

    assertThat(hasAsked()).isFalse();
    assertThat(PromptCommit.unasked(Duration.ofSeconds(20))).isEqualTo(Duration.ofSeconds(20));
    assertThat(PromptCommit.unasked(INTERVAL)).isEqualTo(Duration.ofSeconds(1));
  }
}
