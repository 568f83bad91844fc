package dev.headwater.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headwater.stream.RouteProcessor.Routed;
import dev.headwater.stream.runtime.CommitRequester;
import java.time.Duration;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Makes the record that is repartitioned to an image's home partition: its key is the image id. */
final class RouteToHomeProcessor<E> extends ContextualProcessor<byte[], Routed<E>, byte[], byte[]> {
  private final Duration commitInterval;
  private CommitRequester commits;

  /**
   * @param commitInterval how long a repartitioned record waits until it can be read
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
  public void process(Record<byte[], Routed<E>> record) {
    var routed = (Routed.Remote<E>) record.value();
    var headers = new RecordHeaders(record.headers());
    routed.origin().setHeader(headers);
    byte[] key = routed.imageId().getBytes(UTF_8);
    context().forward(new Record<>(key, routed.origin().value(), record.timestamp(), headers));
    commits.requestCommitIfFresh(record.timestamp());
  }
}
