package dev.headwater.stream;

import dev.headwater.stream.runtime.CommitRequester;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/**
 * Reads what is in a record that may lie in any partition.
 *
 * @param <E> what is read
 */
final class ReadProcessor<E> extends ContextualFixedKeyProcessor<byte[], byte[], Attempt<E>> {
  private final String step;
  private final RouteProcessor.Reader<E> reader;
  private final Duration commitInterval;
  private CommitRequester commits;

  /**
   * @param commitInterval how long what is read waits to be seen
   */
  ReadProcessor(String step, RouteProcessor.Reader<E> reader, Duration commitInterval) {
    this.step = step;
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
    context().forward(record.withValue(RouteProcessor.read(step, reader, record, origin)));
    commits.requestCommit();
  }
}
