package dev.headwater.cli.deadletters;

import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.cli.client.Console;
import dev.headwater.cli.client.KafkaClients;
import dev.headwater.cli.client.RetryNote;
import dev.headwater.cli.client.TopicReader;
import dev.headwater.event.ErrorCode;
import dev.headwater.topics.TopicNames;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Sends dead letters again, each with the id that it had the first time.
 *
 * <p>After each letter that Kafka took goes a note that it was sent, so that later retries leave it
 * out. A letter that is sent twice nevertheless, by two retries at once or because one was killed
 * before its notes, has the same id both times, and the service counts it once.
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

  /** What Kafka said to a letter; {@code failure} is null if it took it. */
  private record Sent(ConsumerRecord<byte[], byte[]> letter, String topic, Exception failure) {}

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
   * @throws CommandFailedException if Kafka does not respond
   */
  RetrySummary run(BooleanSupplier stopped) {
    var producer = clients.producer();
    try {
      read(retried::readNotes, stopped);
      var originals = OriginalRecords.of(topics, producer);
      read(batch -> send(batch, originals, producer, stopped), stopped);
      return summary;
    } catch (KafkaException e) {
      throw new CommandFailedException(
          "Kafka stopped the retry after %d letters: %s; run it again, nothing is counted twice"
              .formatted(summary.retried(), e.getMessage()),
          e);
    } finally {
      producer.close(CLOSING);
    }
  }

  private void read(Predicate<ConsumerRecords<byte[], byte[]>> wantsMore, BooleanSupplier stopped) {
    try (var consumer = clients.consumer()) {
      new TopicReader(consumer, topics.deadLetters(), true, false).forEachBatch(wantsMore, stopped);
    }
  }

  private boolean send(
      ConsumerRecords<byte[], byte[]> batch,
      OriginalRecords originals,
      Producer<byte[], byte[]> producer,
      BooleanSupplier stopped) {
    var sent = new ConcurrentLinkedQueue<Sent>();
    for (var found : batch) {
      if (!stopped.getAsBoolean() && wantsMore() && isWanted(found)) {
        sendOne(found, originals, producer, sent);
      }
    }
    producer.flush();
    settle(sent, producer);
    return wantsMore();
  }

  private boolean wantsMore() {
    return max.isEmpty() || taken < max.getAsLong();
  }

  private boolean isWanted(ConsumerRecord<byte[], byte[]> found) {
    return !RetryNote.isNote(found) && (code.isEmpty() || code.equals(DeadLetter.code(found)));
  }

  private void sendOne(
      ConsumerRecord<byte[], byte[]> letter,
      OriginalRecords originals,
      Producer<byte[], byte[]> producer,
      Queue<Sent> sent) {
    if (retried.contains(letter)) {
      summary.alreadyRetried();
      return;
    }
    var obstacle = originals.obstacle(letter);
    if (obstacle.isPresent()) {
      summary.notRetriable(obstacle.get());
      return;
    }
    taken++;
    var original = originals.of(letter);
    var unused = // the callback tells
        producer.send(
            original, (metadata, failure) -> sent.add(new Sent(letter, original.topic(), failure)));
  }

  /** Writes the notes of what Kafka took, and says what it did not take. */
  private void settle(Queue<Sent> sent, Producer<byte[], byte[]> producer) {
    var failures = new ConcurrentLinkedQueue<Exception>();
    for (var one : sent) {
      if (one.failure() == null) {
        summary.retried(one.topic());
        note(one.letter(), producer, failures);
      } else if (one.failure() instanceof RetriableException) {
        failures.add(one.failure());
      } else {
        refused(one);
      }
    }
    producer.flush();
    if (!failures.isEmpty()) {
      throw new KafkaException(failures.peek().getMessage(), failures.peek());
    }
  }

  private void note(
      ConsumerRecord<byte[], byte[]> letter,
      Producer<byte[], byte[]> producer,
      Queue<Exception> failures) {
    ProducerRecord<byte[], byte[]> note =
        new RetryNote(DeadLetter.position(letter)).toRecord(letter.topic(), letter.key());
    var unused = // the callback tells
        producer.send(
            note,
            (metadata, failure) -> {
              if (failure != null) {
                failures.add(failure);
              }
            });
  }

  private void refused(Sent one) {
    summary.failed();
    var letter = one.letter();
    console.say(
        "Kafka did not take dead letter %s-%d-%d: %s"
            .formatted(
                letter.topic(), letter.partition(), letter.offset(), one.failure().getMessage()));
  }
}
