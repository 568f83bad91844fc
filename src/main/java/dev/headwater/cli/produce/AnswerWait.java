package dev.headwater.cli.produce;

import dev.headwater.cli.client.Answer;
import dev.headwater.cli.client.Answers;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waits until the service has answered every image that was sent. */
final class AnswerWait {
  private static final Duration POLL = Duration.ofMillis(200);

  private AnswerWait() {}

  /**
   * Reads answers until none is missing, {@code stopped}, or nothing came for {@code patience}.
   *
   * @return whether none is missing
   */
  static boolean untilAnswered(
      SendTally tally,
      Answers answers,
      Duration patience,
      BooleanSupplier stopped,
      LongSupplier nanos) {
    long lastNews = nanos.getAsLong();
    while (tally.unanswered() > 0 && !stopped.getAsBoolean()) {
      for (var answer : answers.poll(POLL)) {
        if (note(answer, tally)) {
          lastNews = nanos.getAsLong();
        }
      }
      if (nanos.getAsLong() - lastNews > patience.toNanos()) {
        break;
      }
    }
    return tally.unanswered() == 0;
  }

  private static boolean note(Answer answer, SendTally tally) {
    return answer instanceof Answer.DeadLettered dead
        ? tally.deadLettered(dead.imageId(), dead.code() + ": " + dead.message())
        : tally.predicted(answer.imageId());
  }
}
