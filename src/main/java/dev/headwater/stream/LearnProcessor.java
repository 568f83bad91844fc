package dev.headwater.stream;

import static dev.headwater.event.ErrorCode.EVENT_MALFORMED;

import dev.headwater.event.ErrorCode;
import dev.headwater.event.ModelRequest;
import dev.headwater.event.RejectedException;
import dev.headwater.learner.Journal;
import dev.headwater.learner.LiveModels;
import dev.headwater.learner.ModelLearner;
import dev.headwater.learner.OpenModels;
import dev.headwater.learner.model.ByteStore;
import dev.headwater.learner.model.LearnerByteStores;
import dev.headwater.learner.model.LearnerInput;
import dev.headwater.learner.model.LearnerInput.Flush;
import dev.headwater.learner.model.LearnerInput.Requested;
import dev.headwater.learner.model.LearnerInputCodec;
import dev.headwater.learner.model.LearnerOutput;
import dev.headwater.learner.model.UnreadableExampleException;
import dev.headwater.stream.LearnRecord.FlushDue;
import dev.headwater.stream.LearnRecord.Learnt;
import dev.headwater.stream.LearnRecord.Refused;
import dev.headwater.stream.runtime.CommitRequester;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Feeds models' inputs to the learner, with the task's stores as its memory. */
final class LearnProcessor extends ContextualProcessor<String, byte[], String, LearnRecord> {
  static final String STEP = "learn";
  private static final String JOURNAL_STORE = "journal";
  private static final Duration FLUSH_CHECK = Duration.ofSeconds(1);

  /**
   * Labels of a model that no snapshot has.
   *
   * @param first taken when the first of them came
   * @param newest taken in all
   * @param since when the first of them came, in milliseconds by the wall clock
   */
  private record Waiting(long first, long newest, long since) {}

  private final ModelLearner learner;
  private final Duration patience;
  private final Duration commitInterval;
  private final Map<String, Waiting> waiting = new HashMap<>();
  private final LiveModels live;
  private KeyValueStore<String, byte[]> progress;
  private OpenModels models;
  private CommitRequester commits;

  private LearnProcessor(Supply supply) {
    learner = supply.learners().get();
    patience = supply.patience();
    commitInterval = supply.commitInterval();
    live = supply.live();
  }

  /**
   * Supplies a processor a task, each with a learner of its own, and the stores they need.
   *
   * @param patience how long a label waits for a version that has it
   * @param commitInterval how long outputs wait until they can be read
   */
  record Supply(
      Supplier<ModelLearner> learners, Duration patience, Duration commitInterval, LiveModels live)
      implements ProcessorSupplier<String, byte[], String, LearnRecord> {
    @Override
    public LearnProcessor get() {
      return new LearnProcessor(this);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return Stream.concat(LearnerByteStores.NAMES.stream(), Stream.of(JOURNAL_STORE))
          .map(Supply::store)
          .collect(Collectors.toSet());
    }

    /** A model's state is written in one go already, at its checkpoints. */
    private static StoreBuilder<?> store(String name) {
      return Stores.keyValueStoreBuilder(
              Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
          .withCachingDisabled()
          .withLoggingEnabled(ChangelogConfigs.LARGE_VALUES);
    }
  }

  /**
   * Also called after an abort has rolled the stores back, so nothing from before may survive it.
   */
  @Override
  public void init(ProcessorContext<String, LearnRecord> context) {
    super.init(context);
    closeModels();
    LearnerByteStores<ByteStore> stores = LearnerByteStores.of(name -> bytes(context, name));
    progress = context.getStateStore(LearnerByteStores.PROGRESS);
    models = new OpenModels(learner, stores, bytes(context, JOURNAL_STORE), live);
    commits = new CommitRequester(context, commitInterval);
    context.schedule(FLUSH_CHECK, PunctuationType.WALL_CLOCK_TIME, this::onTick);
    recoverModels();
  }

  private static ByteStore bytes(ProcessorContext<?, ?> context, String store) {
    return new KafkaByteStore(context.getStateStore(store));
  }

  /** Replays journals, and finds out once what labels no snapshot has. */
  private void recoverModels() {
    waiting.clear();
    for (String model : names()) {
      var found = models.recover(model);
      noteWaiting(model, found.labels(), found.snapshotLabels());
    }
  }

  private List<String> names() {
    var names = new ArrayList<String>();
    try (var all = progress.all()) {
      all.forEachRemaining(entry -> names.add(entry.key));
    }
    return names;
  }

  @Override
  public void close() {
    closeModels();
  }

  private void closeModels() {
    if (models != null) {
      models.close();
    }
  }

  @Override
  public void process(Record<String, byte[]> record) {
    try {
      if (record.key() == null) {
        throw new UnreadableExampleException("example without a key, expected the model's name");
      }
      var time = Instant.ofEpochMilli(record.timestamp());
      var input = LearnerInputCodec.read(record.value());
      var outputs = take(record.key(), input, new Journal.Entry(time, record.value()));
      outputs.forEach(output -> context().forward(record.withValue(new Learnt(output))));
      // Without outputs there is nothing to wait for.
      if (!outputs.isEmpty()) {
        commits.requestCommit();
      }
    } catch (RejectedException e) {
      refuse(record, e.code(), e.getMessage());
    } catch (UnreadableExampleException e) {
      refuse(record, EVENT_MALFORMED, e.getMessage());
    }
  }

  /** A command about a model that does not exist must not create it. */
  private List<LearnerOutput> take(String model, LearnerInput input, Journal.Entry entry)
      throws RejectedException {
    if (input instanceof Requested requested) {
      requireModel(model, requested.request());
      if (!models.exists(model)) {
        var refusal = learner.refusalForNone(requested.request(), names().size(), entry.time());
        if (refusal.isPresent()) {
          return List.of(refusal.get());
        }
      }
    }
    var open = models.get(model);
    var outputs = open.accept(input, entry);
    noteWaiting(model, open.progress().labels(), open.progress().snapshotLabels());
    return outputs;
  }

  private static void requireModel(String key, ModelRequest request) {
    if (!request.model().equals(key)) {
      throw new UnreadableExampleException(
          "a request about model '%s' with the key '%s'".formatted(request.model(), key));
    }
  }

  private void refuse(Record<String, byte[]> record, ErrorCode code, String message) {
    byte[] key = record.key() == null ? null : record.key().getBytes(StandardCharsets.UTF_8);
    var origin = Origin.of(context(), key, record.value());
    var refusal = new Refusal(STEP, code, message, origin);
    context().forward(record.withValue(new Refused(refusal)));
    commits.requestCommit();
  }

  /** Remembers since when labels of a model have waited for a snapshot that has them. */
  private void noteWaiting(String model, long labels, long snapshotLabels) {
    if (labels == snapshotLabels) {
      waiting.remove(model);
      return;
    }
    var known = waiting.get(model);
    waiting.put(
        model,
        known == null || known.first() <= snapshotLabels
            ? new Waiting(labels, labels, context().currentSystemTimeMs())
            : new Waiting(known.first(), labels, known.since()));
  }

  private void onTick(long now) {
    waiting.replaceAll((model, labels) -> flushIfDue(model, labels, now));
    models.atWork().forEach(model -> model.rest(now, patience));
  }

  private Waiting flushIfDue(String model, Waiting labels, long now) {
    if (now - labels.since() < patience.toMillis()) {
      return labels;
    }
    context().forward(new Record<>(model, new FlushDue(new Flush(labels.newest())), now));
    commits.requestCommit();
    return new Waiting(labels.newest(), labels.newest(), now);
  }
}
