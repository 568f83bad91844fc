package dev.headwater.stream;

import dev.headwater.learner.model.LearnerInput;
import dev.headwater.stream.InferenceImage.Predicted;
import dev.headwater.stream.InferenceOutput.ForLearner;
import dev.headwater.stream.InferenceOutput.NewPrediction;
import dev.headwater.stream.InferenceOutput.Refused;
import dev.headwater.stream.runtime.CommitRequester;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Remembers predicted images, forwards their predictions and observations, and joins the label that
 * was pending for an image, unless the image has brought one itself, which is newer.
 */
final class RememberProcessor
    extends ContextualProcessor<byte[], Attempt<Predicted>, byte[], InferenceOutput> {
  private final ImageMemoryStores stores;
  private final Duration commitInterval;
  private ImageMemory memory;
  private CommitRequester commits;

  /**
   * @param commitInterval how long the prediction of a fresh image, or a labelled image, waits
   *     until it can be read
   */
  RememberProcessor(ImageMemoryStores stores, Duration commitInterval) {
    this.stores = stores;
    this.commitInterval = commitInterval;
  }

  @Override
  public void init(ProcessorContext<byte[], InferenceOutput> context) {
    super.init(context);
    memory = stores.open(context);
    commits = new CommitRequester(context, commitInterval);
  }

  @Override
  public void process(Record<byte[], Attempt<Predicted>> record) {
    var attempt = record.value();
    boolean isLabel = false;
    if (attempt instanceof Attempt.Ok<Predicted> ok) {
      isLabel = remember(record, ok.value());
    } else if (attempt instanceof Attempt.Failed<Predicted> failed) {
      context().forward(record.withValue(new Refused(failed.refusal())));
    } else if (attempt instanceof Attempt.Settled<Predicted> settled) {
      settled.outputs().forEach(output -> context().forward(record.withValue(output)));
      isLabel = settled.outputs().stream().anyMatch(RememberProcessor::isLabel);
    }
    if (isLabel) {
      commits.requestCommit();
    } else {
      commits.requestCommitIfFresh(record.timestamp());
    }
  }

  /** An image that is sent again may bring its label. */
  private static boolean isLabel(InferenceOutput output) {
    return output instanceof ForLearner told && !(told.input() instanceof LearnerInput.Repeated);
  }

  /** Returns whether the image has a label. */
  private boolean remember(Record<byte[], Attempt<Predicted>> record, Predicted predicted) {
    long now = context().currentSystemTimeMs();
    var prediction = predicted.prediction();
    var image = predicted.image();
    memory.remember(prediction.imageId(), image, now);
    context().forward(record.withValue(new NewPrediction(prediction)));
    context()
        .forward(
            record.withValue(
                new ForLearner(prediction.model(), image.observation(prediction.imageId()))));
    var pending = memory.takePending(prediction.imageId(), now);
    if (image.positive().isPresent()) {
      return true;
    }
    pending.ifPresent(label -> join(record, prediction.imageId(), image, label));
    return pending.isPresent();
  }

  private void join(Record<byte[], ?> record, String imageId, SeenImage image, PendingLabel label) {
    memory
        .join(imageId, image, label)
        .ifPresent(
            output -> context().forward(record.withValue(output).withHeaders(label.headers())));
  }
}
