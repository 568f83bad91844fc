package dev.headwater.stream;

import dev.headwater.event.ErrorCode;
import dev.headwater.event.RecordSize;
import dev.headwater.event.RecordSource;
import dev.headwater.event.RejectedException;
import java.time.Instant;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/**
 * Reads the event in a record, whatever its form, and tells whether its image is at home here.
 *
 * @param <E> the event
 */
final class RouteProcessor<E> extends ContextualFixedKeyProcessor<byte[], byte[], RoutedEvent<E>> {

  private static final int LONGEST_KEY = 4 << 10;

  /** Returns the event in a record's value. */
  interface Reader<E> {
    E read(byte[] value, RecordSource source) throws RejectedException;
  }

  private final String step;
  private final Reader<E> reader;
  private final Function<E, String> imageId;
  private final HomePartition home;
  private final int largest;

  /**
   * @param largest most bytes of a record that may be moved
   */
  RouteProcessor(
      String step, Reader<E> reader, Function<E, String> imageId, HomePartition home, int largest) {
    this.step = step;
    this.reader = reader;
    this.imageId = imageId;
    this.home = home;
    this.largest = largest;
  }

  @Override
  public void process(FixedKeyRecord<byte[], byte[]> record) {
    var origin = Origin.of(context(), record.key(), record.value());
    var attempt = read(step, reader, record, origin);
    RoutedEvent<E> arrival =
        attempt instanceof Attempt.Ok<E> ok && !isHere(ok.value())
            ? move(imageId.apply(ok.value()), origin, record.headers())
            : new RoutedEvent.Here<>(attempt);
    context().forward(record.withValue(arrival));
  }

  /** The topic of moved records takes no larger ones than a topic of ours would have let in. */
  private RoutedEvent<E> move(String id, Origin origin, Headers headers) {
    long size = RecordSize.of(origin.key(), origin.value(), headers);
    if (size <= largest) {
      return new RoutedEvent.Elsewhere<>(id, origin);
    }
    String message =
        "record %s has %d bytes, expected at most %d; scale the image down, or raise headwater.topics.max-message-bytes"
            .formatted(origin.position(), size, largest);
    return new RoutedEvent.Here<>(
        new Attempt.Failed<>(new Refusal(step, ErrorCode.IMAGE_TOO_MANY_BYTES, message, origin)));
  }

  private boolean isHere(E event) {
    return home.of(imageId.apply(event)) == context().taskId().partition();
  }

  /** Returns the event in a record, or why there is none. */
  static <E> Attempt<E> read(
      String step, Reader<E> reader, FixedKeyRecord<byte[], byte[]> record, Origin origin) {
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
              return reader.read(value, source);
            });
  }

  /** A record that is moved carries its key twice, and must not grow over what Kafka takes. */
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

  /** Reads events that were moved to where their images are at home. */
  static final class Moved<E> extends ContextualFixedKeyProcessor<byte[], byte[], Attempt<E>> {
    private final String step;
    private final Reader<E> reader;

    Moved(String step, Reader<E> reader) {
      this.step = step;
      this.reader = reader;
    }

    @Override
    public void process(FixedKeyRecord<byte[], byte[]> record) {
      var from = OriginHeader.take(record.headers(), record.value());
      Attempt<E> attempt =
          from.isPresent() ? read(step, reader, record, from.get()) : foreign(record);
      context().forward(record.withValue(attempt));
    }

    /** What somebody else has written there must not stop the thread that reads it. */
    private Attempt<E> foreign(FixedKeyRecord<byte[], byte[]> record) {
      var origin = Origin.of(context(), record.key(), record.value());
      return new Attempt.Failed<>(
          new Refusal(
              step,
              ErrorCode.EVENT_MALFORMED,
              "record %s was not moved here by this service; let nothing else write this topic"
                  .formatted(origin.position()),
              origin));
    }
  }
}
