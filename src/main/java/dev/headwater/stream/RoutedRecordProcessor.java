package dev.headwater.stream;

import dev.headwater.event.ErrorCode;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/**
 * Reads the event in a record that was repartitioned to the home partition of its image.
 *
 * @param <E> the event
 */
final class RoutedRecordProcessor<E>
    extends ContextualFixedKeyProcessor<byte[], byte[], Attempt<E>> {
  private final RecordReader<E> reader;

  RoutedRecordProcessor(RecordReader<E> reader) {
    this.reader = reader;
  }

  @Override
  public void process(FixedKeyRecord<byte[], byte[]> record) {
    var origin = Origin.takeHeader(record.headers(), record.value());
    Attempt<E> attempt =
        origin.isPresent() ? reader.read(record, origin.get()) : refuseForeign(record);
    context().forward(record.withValue(attempt));
  }

  /** A record that another producer wrote there must not stop the thread that reads it. */
  private Attempt<E> refuseForeign(FixedKeyRecord<byte[], byte[]> record) {
    var origin = Origin.of(context(), record.key(), record.value());
    String message =
        "record %s was not moved here by this service; let nothing else write this topic"
            .formatted(origin.position());
    return new Attempt.Failed<>(
        new Refusal(reader.step(), ErrorCode.EVENT_MALFORMED, message, origin));
  }
}
