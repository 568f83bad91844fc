package dev.headwater.cli.deadletters;

import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.cli.client.Console;
import dev.headwater.cli.client.KafkaClients;
import dev.headwater.cli.client.RetryNote;
import dev.headwater.cli.client.TopicReader;
import dev.headwater.event.ErrorCode;
import dev.headwater.topics.TopicNames;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Sends dead letters again, each exactly once, however often and by how many it is done.
 *
 * <p>A letter and the note that it was sent again are one transaction. Whoever begins first shuts
 * out the one before, then reads all notes, those of undecided transactions too once they are
 * decided: so no letter is sent that has a note, nor one that is about to have one.
 */
final class LetterRetry {
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final Console console;
  private final KafkaClients clients;
  private final TopicNames topics;
  private final Optional<ErrorCode> code;
  private final OptionalLong max;
  private final RetrySummary summary = new RetrySummary();
  private final RetriedLetters retried = new RetriedLetters();
  private long taken;

  /** A retry of letters of {@code code}, or of all; at most {@code max}. */
  LetterRetry(
      Console console,
      KafkaClients clients,
      TopicNames topics,
      Optional<ErrorCode> code,
      OptionalLong max) {
    this.console = console;
    this.clients = clients;
    this.topics = topics;
    this.code = code;
    this.max = max;
  }

  /**
   * Retries up to the end as of now, or until stopped.
   *
   * @throws CommandFailedException if Kafka does not answer, or another retry has taken over
   */
  RetrySummary run(BooleanSupplier stopped) {
    var producer = clients.transactional(topics.deadLetters() + "-retry");
    try {
      producer.initTransactions();
      retry(producer, stopped);
      return summary;
    } catch (KafkaException e) {
      throw failure(e);
    } finally {
      producer.close(CLOSING);
    }
  }

  private void retry(Producer<byte[], byte[]> producer, BooleanSupplier stopped) {
    var ends = clients.ends(topics.deadLetters());
    read(
        ends,
        stopped,
        batch -> {
          retried.readNotes(batch);
          return true;
        });
    var rules = new RetryRules(topics, partitions());
    var transactions = new RetryTransactions(producer, summary, console);
    read(ends, stopped, batch -> take(batch, rules, transactions, stopped));
    if (!stopped.getAsBoolean()) {
      transactions.commit();
    }
  }

  private void read(
      Map<TopicPartition, Long> ends,
      BooleanSupplier stopped,
      Predicate<ConsumerRecords<byte[], byte[]>> wantsMore) {
    try (var consumer = clients.consumer()) {
      new TopicReader(consumer, topics.deadLetters(), true, false)
          .forEachBatch(ends, wantsMore, stopped);
    }
  }

  private HashSet<TopicPartition> partitions() {
    var partitions = new HashSet<>(clients.ends(topics.images()).keySet());
    partitions.addAll(clients.ends(topics.labels()).keySet());
    return partitions;
  }

  private boolean take(
      ConsumerRecords<byte[], byte[]> batch,
      RetryRules rules,
      RetryTransactions transactions,
      BooleanSupplier stopped) {
    for (var found : batch) {
      if (stopped.getAsBoolean() || !wantsMore()) {
        return false;
      }
      if (isWanted(found)) {
        takeOne(found, rules, transactions);
      }
    }
    return wantsMore();
  }

  private boolean wantsMore() {
    return max.isEmpty() || taken < max.getAsLong();
  }

  private boolean isWanted(ConsumerRecord<byte[], byte[]> found) {
    return !RetryNote.isNote(found) && (code.isEmpty() || code.equals(DeadLetter.code(found)));
  }

  private void takeOne(
      ConsumerRecord<byte[], byte[]> letter, RetryRules rules, RetryTransactions transactions) {
    if (retried.contains(letter)) {
      summary.alreadyRetried();
      return;
    }
    var obstacle = rules.obstacle(letter);
    if (obstacle.isPresent()) {
      summary.notRetriable(obstacle.get());
      return;
    }
    taken++;
    transactions.add(letter, rules.original(letter));
  }

  private CommandFailedException failure(KafkaException cause) {
    if (RetryTransactions.isFenced(cause)) {
      return new CommandFailedException(
          "another \"headwater dead-letters --retry\" with this topic prefix has started and goes"
              + " on"
              + " where this one stopped, after %d letters".formatted(summary.retried()),
          cause);
    }
    return new CommandFailedException(
        "Kafka stopped the retry after %d letters: %s; run it again, those are then left out"
            .formatted(summary.retried(), cause.getMessage()),
        cause);
  }
}
