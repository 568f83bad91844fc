package dev.headwater.stream;

import dev.headwater.event.ErrorCode;
import dev.headwater.event.RecordSize;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/**
 * Reads the event in a record and decides whether this partition is its image's {@link
 * HomePartition}, or the record has to be repartitioned.
 *
 * @param <E> the event
 */
final class RouteProcessor<E>
    extends ContextualFixedKeyProcessor<byte[], byte[], RouteProcessor.Routed<E>> {

  /** An event that has been read, and where it is processed. */
  sealed interface Routed<E> {

    /** It is processed here; so are refusals of unreadable records. */
    record Local<E>(Attempt<E> attempt) implements Routed<E> {}

    /** Its record goes to the home partition of its image, and is read again there. */
    record Remote<E>(String imageId, Origin origin) implements Routed<E> {}
  }

  private final RecordReader<E> reader;
  private final Function<E, String> imageId;
  private final HomePartition home;
  private final int largest;

  /**
   * @param largest most bytes of a record that may be repartitioned
   */
  RouteProcessor(
      RecordReader<E> reader, Function<E, String> imageId, HomePartition home, int largest) {
    this.reader = reader;
    this.imageId = imageId;
    this.home = home;
    this.largest = largest;
  }

  @Override
  public void process(FixedKeyRecord<byte[], byte[]> record) {
    var origin = Origin.of(context(), record.key(), record.value());
    var attempt = reader.read(record, origin);
    Routed<E> routed =
        attempt instanceof Attempt.Ok<E> ok && !isHome(ok.value())
            ? remote(imageId.apply(ok.value()), origin, record.headers())
            : new Routed.Local<>(attempt);
    context().forward(record.withValue(routed));
  }

  private boolean isHome(E event) {
    return home.of(imageId.apply(event)) == context().taskId().partition();
  }

  /** The repartition topic takes no larger records than a topic of ours would have taken. */
  private Routed<E> remote(String id, Origin origin, Headers headers) {
    long size = RecordSize.of(origin.key(), origin.value(), headers);
    if (size <= largest) {
      return new Routed.Remote<>(id, origin);
    }
    String message =
        "record %s has %d bytes, expected at most %d; scale the image down, or raise headwater.topics.max-message-bytes"
            .formatted(origin.position(), size, largest);
    return new Routed.Local<>(
        new Attempt.Failed<>(
            new Refusal(reader.step(), ErrorCode.IMAGE_TOO_MANY_BYTES, message, origin)));
  }
}
