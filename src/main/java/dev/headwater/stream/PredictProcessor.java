package dev.headwater.stream;

import static dev.headwater.event.ErrorCode.BACKBONE_MISMATCH;

import dev.headwater.backbone.BackboneId;
import dev.headwater.event.Prediction;
import dev.headwater.event.RejectedException;
import dev.headwater.head.LabelAdvisor;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ModelSettings;
import dev.headwater.snapshot.Snapshot;
import dev.headwater.stream.InferenceImage.Admitted;
import dev.headwater.stream.InferenceImage.Embedded;
import dev.headwater.stream.InferenceImage.Predicted;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Asks the served head. */
final class PredictProcessor
    extends ContextualFixedKeyProcessor<byte[], Attempt<Embedded>, Attempt<Predicted>> {
  static final String STEP = "predict";
  private static final String PURSE_STORE = "label-purses";

  /** What an untrained head says: it cannot tell. */
  private static final double UNDECIDED = 0.5;

  private final BackboneId backbone;
  private final ModelCatalog catalog;
  private final Supply parts;
  private ServedHeads heads;
  private LabelBudget labels;

  private PredictProcessor(Supply parts) {
    this.backbone = parts.backbone();
    this.catalog = parts.catalog();
    this.parts = parts;
  }

  /**
   * Supplies a processor a task, and the store that it needs.
   *
   * @param labelBudget share of images whose label may be asked for, from 0 to 1
   * @param tasks among which a model's images are spread
   */
  record Supply(BackboneId backbone, ModelCatalog catalog, double labelBudget, int tasks)
      implements FixedKeyProcessorSupplier<byte[], Attempt<Embedded>, Attempt<Predicted>> {
    @Override
    public PredictProcessor get() {
      return new PredictProcessor(this);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(
          Stores.keyValueStoreBuilder(
                  Stores.persistentKeyValueStore(PURSE_STORE), Serdes.String(), Serdes.ByteArray())
              .withCachingEnabled()
              .withLoggingEnabled(ChangelogConfigs.LARGE_VALUES));
    }
  }

  @Override
  public void init(FixedKeyProcessorContext<byte[], Attempt<Predicted>> context) {
    super.init(context);
    ReadOnlyKeyValueStore<String, byte[]> store = context.getStateStore(ServedHeadStore.NAME);
    heads = new ServedHeads(store::get);
    KeyValueStore<String, byte[]> purses = context.getStateStore(PURSE_STORE);
    labels = new LabelBudget(parts.labelBudget(), parts.tasks(), new KafkaByteStore(purses));
  }

  @Override
  public void process(FixedKeyRecord<byte[], Attempt<Embedded>> record) {
    context().forward(record.withValue(record.value().then(STEP, this::predict)));
  }

  private Predicted predict(Embedded embedded) throws RejectedException {
    var model = embedded.image().model();
    Optional<Snapshot> head = heads.of(model.name());
    if (head.isPresent()) {
      requireBackbone(backbone, head.get(), model.name());
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
    String model = image.model().name();
    return image.positive().isEmpty()
        && (head.isPresent() ? labels.asks(model, doubt) : labels.asks(model));
  }

  /** Its width needs no check: the store of served heads takes none that does not fit. */
  static void requireBackbone(BackboneId backbone, Snapshot head, String model)
      throws RejectedException {
    if (!head.backbone().equals(backbone.fingerprint())) {
      throw new RejectedException(
          BACKBONE_MISMATCH,
          "the served head of model %s was trained on backbone %.12s, this service runs %.12s; start with that one's weights"
              .formatted(model, head.backbone(), backbone.fingerprint()));
    }
  }
}
