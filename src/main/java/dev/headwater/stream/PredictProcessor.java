package dev.headwater.stream;

import static dev.headwater.event.ErrorCode.BACKBONE_MISMATCH;

import dev.headwater.backbone.BackboneId;
import dev.headwater.event.Prediction;
import dev.headwater.event.RejectedException;
import dev.headwater.head.LabelAdvisor;
import dev.headwater.snapshot.Snapshot;
import dev.headwater.stream.EdgeImage.Admitted;
import dev.headwater.stream.EdgeImage.Embedded;
import dev.headwater.stream.EdgeImage.Predicted;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Asks the served head. */
final class PredictProcessor
    extends ContextualFixedKeyProcessor<byte[], Attempt<Embedded>, Attempt<Predicted>> {
  static final String STEP = "predict";

  /** What an untrained head says: it cannot tell. */
  private static final double UNDECIDED = 0.5;

  private final BackboneId backbone;
  private final ModelCatalog catalog;
  private final LabelBudget labels;
  private ServedHeads heads;
  private Map<String, LabelAdvisor> advisors;

  PredictProcessor(BackboneId backbone, ModelCatalog catalog, LabelBudget labels) {
    this.backbone = backbone;
    this.catalog = catalog;
    this.labels = labels;
  }

  @Override
  public void init(FixedKeyProcessorContext<byte[], Attempt<Predicted>> context) {
    super.init(context);
    ReadOnlyKeyValueStore<String, byte[]> store = context.getStateStore(ServingStore.NAME);
    heads = new ServedHeads(store::get);
    advisors = new HashMap<>();
  }

  @Override
  public void process(FixedKeyRecord<byte[], Attempt<Embedded>> record) {
    context().forward(record.withValue(record.value().then(STEP, this::predict)));
  }

  private Predicted predict(Embedded embedded) throws RejectedException {
    var model = embedded.image().model();
    Optional<Snapshot> head = heads.of(model.name());
    if (head.isPresent()) {
      requireBackbone(head.get(), model.name());
    } else {
      catalog.takePlace(model.name());
    }
    return new Predicted(embedded, prediction(embedded, model, head));
  }

  private Prediction prediction(Embedded embedded, ModelSettings model, Optional<Snapshot> head) {
    var event = embedded.image().event();
    double probability =
        head.map(h -> h.head().probability(embedded.embedding())).orElse(UNDECIDED);
    double threshold = model.threshold(head);
    boolean positive = probability >= threshold;
    return new Prediction(
        event.id(),
        model.name(),
        event.domain(),
        probability,
        head.map(h -> model.className(positive)),
        positive ? 1 - probability : probability,
        needsLabel(embedded.image(), head, LabelAdvisor.doubt(probability, threshold)),
        threshold,
        head.map(Snapshot::version).orElse(0L),
        backbone.fingerprint(),
        backbone.quality() == BackboneId.Quality.REDUCED,
        event.time());
  }

  private boolean needsLabel(Admitted image, Optional<Snapshot> head, double doubt) {
    return image.positive().isEmpty()
        && advisors
            .computeIfAbsent(image.model().name(), name -> labels.advisor(head.isEmpty()))
            .asks(doubt);
  }

  /** Its width needs no check: the store of served heads takes none that does not fit. */
  private void requireBackbone(Snapshot head, String model) throws RejectedException {
    if (!head.backbone().equals(backbone.fingerprint())) {
      throw new RejectedException(
          BACKBONE_MISMATCH,
          "the served head of model %s was trained on backbone %.12s, this service runs %.12s; start with that one's weights"
              .formatted(model, head.backbone(), backbone.fingerprint()));
    }
  }
}
