package dev.headwater.cli.deadletters;

import dev.headwater.cli.client.Console;
import dev.headwater.event.Json;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts what was sent again, and what could not be. */
final class RetrySummary {
  private final Map<String, Long> retried = new TreeMap<>();
  private final Map<Obstacle, Long> notRetriable = new EnumMap<>(Obstacle.class);
  private long alreadyRetried;
  private long failed;

  /** What is printed for a program. */
  private record Counts(
      long retried, long alreadyRetried, Map<Obstacle, Long> notRetriable, long failed) {}

  void retried(String topic) {
    retried.merge(topic, 1L, Long::sum);
  }

  void alreadyRetried() {
    alreadyRetried++;
  }

  void notRetriable(Obstacle why) {
    notRetriable.merge(why, 1L, Long::sum);
  }

  void failed() {
    failed++;
  }

  /** How many were sent again. */
  long retried() {
    return sum(retried.values());
  }

  /** How many Kafka did not take. */
  long notTaken() {
    return failed;
  }

  private static long sum(Collection<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  /** One JSON object in one line. */
  String json() {
    return Json.text(new Counts(retried(), alreadyRetried, notRetriable, failed));
  }

  /** Prints the summary for a person. */
  void print(Console console) {
    console.print("%d retried.".formatted(retried()));
    retried.forEach((topic, count) -> console.print("  %d to %s".formatted(count, topic)));
    console.print("%d already retried before.".formatted(alreadyRetried));
    console.print("%d not retriable.".formatted(sum(notRetriable.values())));
    notRetriable.forEach(
        (why, count) -> console.print("  %d: %s".formatted(count, why.sentence())));
    if (failed > 0) {
      console.print("%d not taken by Kafka.".formatted(failed));
    }
  }
}
