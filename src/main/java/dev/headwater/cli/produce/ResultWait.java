package dev.headwater.cli.produce;

import dev.headwater.cli.client.ImageResult;
import dev.headwater.cli.client.ImageResults;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waits until every image that was sent is predicted or refused. */
final class ResultWait {
  private static final Duration POLL = Duration.ofMillis(200);

  private ResultWait() {}

  /**
   * Reads results until none is missing, {@code stopped}, or nothing came for {@code patience}.
   *
   * @return whether none is missing
   */
  static boolean untilComplete(
      SendTally tally,
      ImageResults answers,
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

  private static boolean note(ImageResult answer, SendTally tally) {
    return answer instanceof ImageResult.DeadLettered dead
        ? tally.deadLettered(dead.imageId(), dead.code() + ": " + dead.message())
        : tally.predicted(answer.imageId());
  }
}
