package dev.headwater.stream;

import dev.headwater.event.ErrorCode;
import dev.headwater.event.RecordSize;
import dev.headwater.event.RecordSource;
import dev.headwater.event.RejectedException;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/**
 * Reads the event in a record, or refuses the record.
 *
 * @param step the step that refuses it, as the topology names it
 * @param parser reads the value, whatever its form
 * @param <E> the event
 */
record RecordReader<E>(String step, Parser<E> parser) {
  private static final int LONGEST_KEY = 4 << 10;

  /** Returns the event in a record's value. */
  interface Parser<E> {
    E parse(byte[] value, RecordSource source) throws RejectedException;
  }

  /** Returns the event in a record, or why there is none. */
  Attempt<E> read(FixedKeyRecord<byte[], byte[]> record, Origin origin) {
    var source =
        new RecordSource(
            origin.key(),
            record.headers(),
            origin.position(),
            Instant.ofEpochMilli(record.timestamp()));
    return new Attempt.Ok<>(record.value(), origin)
        .then(
            step,
            value -> {
              requireKey(source);
              requireHeaders(source);
              return parser.parse(value, source);
            });
  }

  /**
   * A record that is repartitioned carries its key twice, and must not grow over what Kafka takes.
   */
  private static void requireKey(RecordSource source) throws RejectedException {
    int length = source.key() == null ? 0 : source.key().length;
    if (length > LONGEST_KEY) {
      throw new RejectedException(
          ErrorCode.EVENT_FIELD_INVALID,
          "record %s has a key of %d bytes, expected at most %d"
              .formatted(source.position(), length, LONGEST_KEY));
    }
  }

  private static void requireHeaders(RecordSource source) throws RejectedException {
    if (RecordSize.hasTooManyHeaders(source.headers())) {
      throw new RejectedException(
          ErrorCode.EVENT_FIELD_INVALID,
          "record %s has %d headers, expected at most %d"
              .formatted(
                  source.position(), RecordSize.count(source.headers()), RecordSize.MOST_HEADERS));
    }
  }
}
