package dev.headwater.stream;

import dev.headwater.stream.runtime.CommitRequester;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/**
 * Reads the events of a topic that needs no repartitioning.
 *
 * @param <E> the event
 */
final class ReadProcessor<E> extends ContextualFixedKeyProcessor<byte[], byte[], Attempt<E>> {
  private final RecordReader<E> reader;
  private final Duration commitInterval;
  private CommitRequester commits;

  /**
   * @param commitInterval how long an event waits until it can be read downstream
   */
  ReadProcessor(RecordReader<E> reader, Duration commitInterval) {
    this.reader = reader;
    this.commitInterval = commitInterval;
  }

  @Override
  public void init(FixedKeyProcessorContext<byte[], Attempt<E>> context) {
    super.init(context);
    commits = new CommitRequester(context, commitInterval);
  }

  @Override
  public void process(FixedKeyRecord<byte[], byte[]> record) {
    var origin = Origin.of(context(), record.key(), record.value());
    context().forward(record.withValue(reader.read(record, origin)));
    commits.requestCommit();
  }
}
