package dev.headwater.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headwater.stream.runtime.CommitRequester;
import java.time.Duration;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Makes of a record that belongs elsewhere the record that is sent there: its key is the id. */
final class RouteToHomeProcessor<E>
    extends ContextualProcessor<byte[], RoutedEvent<E>, byte[], byte[]> {
  private final Duration commitInterval;
  private CommitRequester commits;

  /**
   * @param commitInterval how long what is moved waits until it can be read
   */
  RouteToHomeProcessor(Duration commitInterval) {
    this.commitInterval = commitInterval;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    super.init(context);
    commits = new CommitRequester(context, commitInterval);
  }

  @Override
  public void process(Record<byte[], RoutedEvent<E>> record) {
    var arrival = (RoutedEvent.Elsewhere<E>) record.value();
    var headers = new RecordHeaders(record.headers());
    OriginHeader.set(headers, arrival.origin());
    byte[] key = arrival.imageId().getBytes(UTF_8);
    context().forward(new Record<>(key, arrival.origin().value(), record.timestamp(), headers));
    commits.requestCommitIfFresh(record.timestamp());
  }
}
