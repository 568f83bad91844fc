package dev.headwater.stream;

import dev.headwater.event.ErrorCode;
import dev.headwater.event.RejectedException;
import dev.headwater.learner.model.LearnerInput;
import dev.headwater.stream.InferenceImage.Admitted;
import dev.headwater.stream.InferenceOutput.ForLearner;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/**
 * Forwards new images. One that was seen before is neither predicted nor learned again; a label
 * that it brings counts only if none is known, since a retry must not undo a correction.
 */
final class DeduplicateProcessor
    extends ContextualFixedKeyProcessor<byte[], Attempt<Admitted>, Attempt<Admitted>> {
  static final String STEP = "deduplicate";

  private final ImageMemoryStores stores;
  private ImageMemory memory;

  DeduplicateProcessor(ImageMemoryStores stores) {
    this.stores = stores;
  }

  @Override
  public void init(FixedKeyProcessorContext<byte[], Attempt<Admitted>> context) {
    super.init(context);
    memory = stores.open(context);
  }

  @Override
  public void process(FixedKeyRecord<byte[], Attempt<Admitted>> record) {
    context().forward(record.withValue(deduplicate(record.value())));
  }

  private Attempt<Admitted> deduplicate(Attempt<Admitted> attempt) {
    if (!(attempt instanceof Attempt.Ok<Admitted> ok)) {
      return attempt;
    }
    var image = ok.value();
    var seen = memory.find(image.event().id(), context().currentSystemTimeMs());
    if (seen.isEmpty()) {
      return attempt;
    }
    try {
      requireSame(image, seen.get());
      return new Attempt.Settled<>(repeat(image, seen.get()));
    } catch (RejectedException e) {
      return new Attempt.Failed<>(new Refusal(STEP, e.code(), e.getMessage(), ok.origin()));
    }
  }

  private static void requireSame(Admitted image, SeenImage seen) throws RejectedException {
    if (!seen.isSame(image.digest(), image.model().name())) {
      String what =
          seen.model().equals(image.model().name())
              ? "other bytes"
              : "the model %s, now the model is %s".formatted(seen.model(), image.model().name());
      throw new RejectedException(
          ErrorCode.ID_REUSED,
          "image %s was seen before with %s; give each image an id of its own"
              .formatted(image.event().id(), what));
    }
  }

  private List<InferenceOutput> repeat(Admitted image, SeenImage seen) throws RejectedException {
    var outputs = new ArrayList<InferenceOutput>();
    outputs.add(new ForLearner(seen.model(), new LearnerInput.Repeated()));
    if (image.event().label().isPresent() && seen.positive().isEmpty()) {
      memory.label(image.event().id(), seen, image.event().label().get()).ifPresent(outputs::add);
    }
    return outputs;
  }
}
