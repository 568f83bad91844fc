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
import dev.headwater.learner.model.ModelState;
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
  static final String PROGRESS_STORE = "progress";
  static final String SCORE_STORE = "scores";
  private static final String TENSOR_STORE = "tensors";
  private static final String EXAMPLE_STORE = "examples";
  private static final String ANSWER_STORE = "answers";
  private static final String DETECTOR_STORE = "detectors";
  private static final String JOURNAL_STORE = "journal";
  static final String VERSION_STORE = "versions";
  private static final Duration FLUSH_CHECK = Duration.ofSeconds(1);

  /** Lessons taken that no snapshot has, and since when by the clock on the wall. */
  private record Waiting(long lessons, long since) {}

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
   * @param patience how long a lesson waits for a version that has it
   * @param commitInterval how long what is learnt waits to be seen
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
      return Set.of(
          store(PROGRESS_STORE),
          store(TENSOR_STORE),
          store(EXAMPLE_STORE),
          store(ANSWER_STORE),
          store(SCORE_STORE),
          store(DETECTOR_STORE),
          store(VERSION_STORE),
          store(JOURNAL_STORE));
    }

    /** A model's state is written in one go already, at its checkpoints. */
    private static StoreBuilder<?> store(String name) {
      return Stores.keyValueStoreBuilder(
              Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
          .withCachingDisabled()
          .withLoggingEnabled(ChangelogTopics.CONFIG);
    }
  }

  /**
   * Also called after an abort has rolled the stores back, so nothing from before may survive it.
   */
  @Override
  public void init(ProcessorContext<String, LearnRecord> context) {
    super.init(context);
    progress = context.getStateStore(PROGRESS_STORE);
    closeModels();
    models = new OpenModels(learner, bytes(context), bytes(context, JOURNAL_STORE), live);
    waiting.clear();
    commits = new CommitRequester(context, commitInterval);
    context.schedule(FLUSH_CHECK, PunctuationType.WALL_CLOCK_TIME, this::onTick);
    recoverModels();
  }

  private static LearnerByteStores<?> bytes(ProcessorContext<?, ?> context) {
    return new LearnerByteStores<>(
        bytes(context, PROGRESS_STORE),
        bytes(context, TENSOR_STORE),
        bytes(context, EXAMPLE_STORE),
        bytes(context, ANSWER_STORE),
        bytes(context, SCORE_STORE),
        bytes(context, DETECTOR_STORE),
        bytes(context, VERSION_STORE));
  }

  private static ByteStore bytes(ProcessorContext<?, ?> context, String store) {
    return new KafkaByteStore(context.getStateStore(store));
  }

  /** Whoever asks how a model does shall hear of every input that was taken. */
  private void recoverModels() {
    names().forEach(models::recover);
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
      // Nobody waits for an input that leads to nothing to be committed.
      if (!outputs.isEmpty()) {
        commits.soon();
      }
    } catch (RejectedException e) {
      refuse(record, e.code(), e.getMessage());
    } catch (UnreadableExampleException e) {
      refuse(record, EVENT_MALFORMED, e.getMessage());
    }
  }

  /** What is asked of a model that does not exist must not bring it into being. */
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
    return models.get(model).accept(input, entry);
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
    commits.soon();
  }

  private void onTick(long now) {
    names().forEach(model -> flushIfWaiting(model, models.progress(model), now));
    models.atWork().forEach(model -> model.rest(now, patience));
  }

  private void flushIfWaiting(String model, ModelState state, long now) {
    long lessons = state.lessons();
    if (lessons == state.snapshotLessons()) {
      waiting.remove(model);
      return;
    }
    var since = waiting.get(model);
    if (since == null || since.lessons() <= state.snapshotLessons()) {
      waiting.put(model, new Waiting(lessons, now));
    } else if (now - since.since() >= patience.toMillis()) {
      waiting.put(model, new Waiting(lessons, now));
      context().forward(new Record<>(model, new FlushDue(new Flush(lessons)), now));
      commits.soon();
    }
  }
}
