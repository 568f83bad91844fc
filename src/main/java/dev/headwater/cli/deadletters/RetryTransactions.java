package dev.headwater.cli.deadletters;

import dev.headwater.cli.client.Console;
import dev.headwater.cli.client.RetryNote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Sends letters again, some tens in a transaction, each together with the note that it was.
 *
 * <p>A transaction that Kafka does not take is rolled back and its letters are tried one by one, so
 * that one that is too large by now does not hold up the others.
 */
final class RetryTransactions {
  private static final int MOST_LETTERS = 50;
  private static final long MOST_BYTES = 32L << 20;

  private record Retry(
      ConsumerRecord<byte[], byte[]> letter, ProducerRecord<byte[], byte[]> original) {
    private long bytes() {
      long bytes = length(letter.key()) + length(letter.value());
      for (var header : letter.headers()) {
        bytes += header.key().length() + length(header.value());
      }
      return bytes;
    }

    private static long length(byte[] bytes) {
      return bytes == null ? 0 : bytes.length;
    }
  }

  private final Producer<byte[], byte[]> producer;
  private final RetrySummary summary;
  private final Console console;
  private final List<Retry> batch = new ArrayList<>();
  private long batchBytes;

  /** Sends with a producer whose transactions are ready. */
  RetryTransactions(Producer<byte[], byte[]> producer, RetrySummary summary, Console console) {
    this.producer = producer;
    this.summary = summary;
    this.console = console;
  }

  /**
   * Takes a letter into the next transaction, after committing the one that is full.
   *
   * @throws KafkaException if Kafka is gone, or another producer has taken over
   */
  void add(ConsumerRecord<byte[], byte[]> letter, ProducerRecord<byte[], byte[]> original) {
    var retry = new Retry(letter, original);
    if (batch.size() == MOST_LETTERS || batchBytes + retry.bytes() > MOST_BYTES) {
      commit();
    }
    batch.add(retry);
    batchBytes += retry.bytes();
  }

  /**
   * Commits what was taken and not yet committed.
   *
   * @throws KafkaException if Kafka is gone, or another producer has taken over
   */
  void commit() {
    var retries = List.copyOf(batch);
    batch.clear();
    batchBytes = 0;
    if (!retries.isEmpty() && attempt(retries).isPresent()) {
      retries.forEach(this::commitAlone);
    }
  }

  private void commitAlone(Retry retry) {
    attempt(List.of(retry))
        .ifPresent(
            failure -> {
              summary.failed();
              console.say(
                  "Kafka did not take dead letter %s-%d-%d: %s"
                      .formatted(
                          retry.letter().topic(),
                          retry.letter().partition(),
                          retry.letter().offset(),
                          failure.getMessage()));
            });
  }

  /** Returns what was wrong with one of the letters, after rolling back. */
  private Optional<Exception> attempt(List<Retry> retries) {
    producer.beginTransaction();
    var failure = new AtomicReference<Exception>();
    try {
      retries.forEach(retry -> send(retry, failure));
      producer.flush();
    } catch (KafkaException e) {
      failure.compareAndSet(null, e);
    }
    if (failure.get() == null) {
      producer.commitTransaction();
      retries.forEach(retry -> summary.retried(retry.original().topic()));
      return Optional.empty();
    }
    requireLettersFault(failure.get());
    producer.abortTransaction();
    return Optional.of(failure.get());
  }

  private void send(Retry retry, AtomicReference<Exception> failure) {
    var letter = retry.letter();
    var note = new RetryNote(DeadLetter.position(letter)).toRecord(letter.topic(), letter.key());
    for (var outgoing : List.of(retry.original(), note)) {
      var unused = // the callback tells
          producer.send(
              outgoing,
              (metadata, error) -> {
                if (error != null) {
                  failure.compareAndSet(null, error);
                }
              });
    }
  }

  private static void requireLettersFault(Exception failure) {
    if (failure instanceof RetriableException || isFenced(failure)) {
      throw failure instanceof KafkaException known ? known : new KafkaException(failure);
    }
  }

  /** Whether another producer has taken over. */
  static boolean isFenced(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException
          || cause instanceof InvalidProducerEpochException) {
        return true;
      }
    }
    return false;
  }
}
