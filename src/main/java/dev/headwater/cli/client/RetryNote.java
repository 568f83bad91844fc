package dev.headwater.cli.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headwater.event.DeadLetterHeaders;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * A record on the dead-letter topic that says that one of the letters was sent again.
 *
 * <p>It has no value and no error code. Both are looked at, since a refused record may have come
 * with headers of the same names.
 *
 * @param letter the one that was sent again
 */
public record RetryNote(LetterPosition letter) {

  /** Whether a record on the dead-letter topic is a note, and no letter. */
  public static boolean isNote(ConsumerRecord<byte[], byte[]> found) {
    var headers = found.headers();
    return found.value() == null
        && headers.lastHeader(DeadLetterHeaders.CODE) == null
        && headers.lastHeader(DeadLetterHeaders.RETRIED_PARTITION) != null
        && headers.lastHeader(DeadLetterHeaders.RETRIED_OFFSET) != null;
  }

  /** Reads a note; empty if it names no letter. */
  public static Optional<RetryNote> read(ConsumerRecord<byte[], byte[]> note) {
    var headers = note.headers();
    try {
      return Optional.of(
          new RetryNote(
              new LetterPosition(
                  Integer.parseInt(text(headers, DeadLetterHeaders.RETRIED_PARTITION)),
                  Long.parseLong(text(headers, DeadLetterHeaders.RETRIED_OFFSET)))));
    } catch (NumberFormatException notOurs) {
      return Optional.empty();
    }
  }

  /** The record that carries the note, in the partition of its letter. */
  public ProducerRecord<byte[], byte[]> toRecord(String topic, byte[] key) {
    var carrier = new ProducerRecord<byte[], byte[]>(topic, letter.partition(), key, null);
    add(carrier.headers(), DeadLetterHeaders.RETRIED_PARTITION, letter.partition());
    add(carrier.headers(), DeadLetterHeaders.RETRIED_OFFSET, letter.offset());
    return carrier;
  }

  private static String text(Headers headers, String name) {
    byte[] value = headers.lastHeader(name).value();
    return value == null ? "" : new String(value, UTF_8);
  }

  private static void add(Headers headers, String name, long number) {
    headers.add(name, Long.toString(number).getBytes(US_ASCII));
  }
}
