package dev.headwater.stream;

import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/**
 * Reads what is in a record that may lie in any partition.
 *
 * @param <E> what is read
 */
final class ReadProcessor<E> extends ContextualFixedKeyProcessor<byte[], byte[], Attempt<E>> {
  private final String step;
  private final ArrivalProcessor.Reader<E> reader;

  ReadProcessor(String step, ArrivalProcessor.Reader<E> reader) {
    this.step = step;
    this.reader = reader;
  }

  @Override
  public void process(FixedKeyRecord<byte[], byte[]> record) {
    var origin = Origin.of(context(), record.key(), record.value());
    context().forward(record.withValue(ArrivalProcessor.read(step, reader, record, origin)));
  }
}
