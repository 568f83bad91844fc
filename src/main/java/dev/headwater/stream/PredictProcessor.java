package dev.headwater.stream;

import dev.headwater.backbone.BackboneId;
import dev.headwater.event.Prediction;
import dev.headwater.event.RejectedException;
import dev.headwater.head.LabelAdvisor;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.stream.InferenceImage.Admitted;
import dev.headwater.stream.InferenceImage.Embedded;
import dev.headwater.stream.InferenceImage.Predicted;
import dev.headwater.stream.Scorer.Score;
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

/** Predicts images with the heads in service, and decides whose label is worth asking for. */
final class PredictProcessor
    extends ContextualFixedKeyProcessor<byte[], Attempt<Embedded>, Attempt<Predicted>> {
  static final String STEP = "predict";
  private static final String BUDGET_STORE = "label-budgets";

  private final Supply supply;
  private Scorer scorer;
  private LabelBudget labels;

  private PredictProcessor(Supply supply) {
    this.supply = supply;
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
                  Stores.persistentKeyValueStore(BUDGET_STORE), Serdes.String(), Serdes.ByteArray())
              .withCachingEnabled()
              .withLoggingEnabled(ChangelogConfigs.LARGE_VALUES));
    }
  }

  @Override
  public void init(FixedKeyProcessorContext<byte[], Attempt<Predicted>> context) {
    super.init(context);
    ReadOnlyKeyValueStore<String, byte[]> heads = context.getStateStore(ServedHeadStore.NAME);
    scorer = new Scorer(supply.backbone(), new ServedHeads(heads::get));
    KeyValueStore<String, byte[]> budgets = context.getStateStore(BUDGET_STORE);
    labels = new LabelBudget(supply.labelBudget(), supply.tasks(), new KafkaByteStore(budgets));
  }

  @Override
  public void process(FixedKeyRecord<byte[], Attempt<Embedded>> record) {
    context().forward(record.withValue(record.value().then(STEP, this::predict)));
  }

  private Predicted predict(Embedded embedded) throws RejectedException {
    var model = embedded.image().model();
    var head = scorer.head(model.name());
    if (head.isEmpty()) {
      supply.catalog().reserveModelSlot(model.name());
    }
    var score = scorer.score(model, head, embedded.embedding());
    return new Predicted(embedded, prediction(embedded.image(), score));
  }

  private Prediction prediction(Admitted image, Score score) {
    var event = image.event();
    return new Prediction(
        event.id(),
        score.model().name(),
        event.domain(),
        score.probability(),
        score.head().map(head -> score.className()),
        score.uncertainty(),
        needsLabel(image, score),
        score.threshold(),
        score.version(),
        scorer.backbone().fingerprint(),
        scorer.isReducedQuality(),
        event.time());
  }

  private boolean needsLabel(Admitted image, Score score) {
    String model = image.model().name();
    double doubt = LabelAdvisor.doubt(score.probability(), score.threshold());
    return image.positive().isEmpty()
        && (score.head().isPresent() ? labels.asks(model, doubt) : labels.asks(model));
  }
}
