package dev.headwater.stream;

import static dev.headwater.event.ErrorCode.LABEL_WITHOUT_IMAGE;

import dev.headwater.event.DeadLetterHeaders;
import dev.headwater.event.LabelEvent;
import dev.headwater.stream.InferenceOutput.Refused;
import dev.headwater.stream.runtime.CommitRequester;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Joins labels with their images, whichever comes first; a label whose image does not come within
 * the retention is refused.
 */
final class LabelJoinProcessor
    extends ContextualProcessor<byte[], Attempt<LabelEvent>, byte[], InferenceOutput> {
  static final String STEP = "join";
  private static final Duration EXPIRY_CHECK = Duration.ofSeconds(1);

  private final ImageMemoryStores stores;
  private final Duration commitInterval;
  private ImageMemory memory;
  private CommitRequester commits;

  /**
   * @param commitInterval how long the outputs for a label wait until they can be read
   */
  LabelJoinProcessor(ImageMemoryStores stores, Duration commitInterval) {
    this.stores = stores;
    this.commitInterval = commitInterval;
  }

  @Override
  public void init(ProcessorContext<byte[], InferenceOutput> context) {
    super.init(context);
    memory = stores.open(context);
    commits = new CommitRequester(context, commitInterval);
    context.schedule(EXPIRY_CHECK, PunctuationType.WALL_CLOCK_TIME, this::expire);
  }

  @Override
  public void process(Record<byte[], Attempt<LabelEvent>> record) {
    if (record.value() instanceof Attempt.Failed<LabelEvent> failed) {
      context().forward(record.withValue(new Refused(failed.refusal())));
    } else if (record.value() instanceof Attempt.Ok<LabelEvent> ok) {
      join(record, ok.value(), ok.origin());
    }
    commits.requestCommit();
  }

  private void join(Record<byte[], ?> record, LabelEvent event, Origin origin) {
    long now = context().currentSystemTimeMs();
    var label = new PendingLabel(event.label(), origin, record.headers());
    var seen = memory.find(event.imageId(), now);
    if (isRetried(record) && hasNewerLabel(event.imageId(), seen, now)) {
      return;
    }
    if (seen.isEmpty()) {
      memory.await(event.imageId(), label, now);
    } else {
      memory
          .join(event.imageId(), seen.get(), label)
          .ifPresent(output -> context().forward(record.withValue(output)));
    }
  }

  private static boolean isRetried(Record<?, ?> record) {
    return record.headers().lastHeader(DeadLetterHeaders.RETRIED) != null;
  }

  /** Whether a label is known that a dead letter, which is older, must not undo. */
  private boolean hasNewerLabel(String imageId, Optional<SeenImage> seen, long now) {
    return seen.isPresent() ? seen.get().positive().isPresent() : memory.isPending(imageId, now);
  }

  private void expire(long now) {
    memory.expire(now, label -> refuse(label, now));
  }

  private void refuse(PendingLabel label, long now) {
    String message =
        "no image came for the label '%s' within %s; check the id, or raise headwater.labels.retention"
            .formatted(label.label(), stores.retention());
    var refusal = new Refusal(STEP, LABEL_WITHOUT_IMAGE, message, label.origin());
    Headers headers = label.headers();
    context().forward(new Record<>(label.origin().key(), new Refused(refusal), now, headers));
  }
}
