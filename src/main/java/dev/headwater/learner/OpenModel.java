package dev.headwater.learner;

import dev.headwater.event.RejectedException;
import dev.headwater.learner.model.ByteSource;
import dev.headwater.learner.model.ByteStore;
import dev.headwater.learner.model.ExampleStore;
import dev.headwater.learner.model.LearnerByteStores;
import dev.headwater.learner.model.LearnerInput;
import dev.headwater.learner.model.LearnerInput.Corrected;
import dev.headwater.learner.model.LearnerInput.Labelled;
import dev.headwater.learner.model.LearnerInput.Observation;
import dev.headwater.learner.model.LearnerInput.Requested;
import dev.headwater.learner.model.LearnerInputCodec;
import dev.headwater.learner.model.LearnerOutput;
import dev.headwater.learner.model.LearnerStores;
import dev.headwater.learner.release.Model;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A model at work: the live model, its state as of a checkpoint, and the journal of the inputs
 * since then.
 *
 * <p>An input costs one record of its own size; the state, 2 MB, is written once in {@link
 * #MOST_LABELS} labels. Whoever opens the model anew replays the journal, which gives the same
 * state to the bit. One thread feeds it; others may ask for a {@link #view}.
 */
public final class OpenModel {
  /** Labels from one checkpoint to the next: a second's work, for who has to do it again. */
  static final int MOST_LABELS = 128;

  /** Inputs from one checkpoint to the next, labelled or not: about 5 MB. */
  static final int MOST_INPUTS = 1024;

  private final ModelLearner learner;
  private final Journal journal;
  private final LearnerByteStores<WriteBuffer> changes;
  private final LearnerStores stores;
  private Model model;
  private boolean hasBegun;

  /** Whether the checkpoint is of the configuration there is now. */
  private boolean isCheckpointCurrent;

  private int labels;
  private int restingLength;
  private long restingSince;

  private OpenModel(
      String name,
      ModelLearner learner,
      LearnerByteStores<?> saved,
      Journal journal,
      ExampleStore.Cache cache) {
    this.learner = learner;
    this.journal = journal;
    changes = saved.through(WriteBuffer::new);
    stores = new LearnerStores(name, changes, cache);
    hasBegun = stores.state().isPresent();
    isCheckpointCurrent = learner.isConfiguredAsCheckpoint(stores);
  }

  /** Opens a model: reads its checkpoint, and replays the inputs since then. */
  static OpenModel open(
      String name,
      ModelLearner learner,
      LearnerByteStores<?> saved,
      ByteStore journals,
      ExampleStore.Cache cache) {
    var opened = new OpenModel(name, learner, saved, Journal.open(name, journals), cache);
    opened.replayJournal();
    return opened;
  }

  /** What the inputs of the journal have led to left the stream the first time. */
  private void replayJournal() {
    var entries = journal.entries();
    if (entries.isEmpty()) {
      model = learner.open(stores);
      return;
    }
    var before = learner.configuredAsCheckpoint(stores);
    model = before.open(stores);
    entries.forEach(entry -> replay(before, entry));
    if (before != learner) {
      // What was learnt by the configuration before stays as that has made it.
      checkpoint();
      isCheckpointCurrent = false;
      model = learner.open(stores);
    }
  }

  private void replay(ModelLearner before, Journal.Entry entry) {
    try {
      take(before, LearnerInputCodec.read(entry.input()), entry.time());
    } catch (RejectedException e) {
      throw new IllegalStateException(
          "an input in the journal of model %s was taken once and is refused now; restore the learner's state from Kafka"
              .formatted(name()),
          e);
    }
  }

  String name() {
    return stores.model();
  }

  /**
   * Takes one input.
   *
   * @param entry the same for the journal
   * @throws RejectedException if it is of another backbone than the model's head
   */
  public synchronized List<LearnerOutput> accept(LearnerInput input, Journal.Entry entry)
      throws RejectedException {
    var outputs = take(learner, input, entry.time());
    journal.add(entry);
    // A request can be a file of a megabyte: a journal of many would not fit into memory.
    boolean isLarge = input instanceof Requested;
    if (isLarge
        || !isCheckpointCurrent
        || labels >= MOST_LABELS
        || journal.length() >= MOST_INPUTS) {
      checkpoint();
    }
    return outputs;
  }

  private List<LearnerOutput> take(ModelLearner by, LearnerInput input, Instant time)
      throws RejectedException {
    var outputs = by.accept(model, input, time);
    hasBegun = true;
    labels += isLabelled(input) ? 1 : 0;
    return outputs;
  }

  private static boolean isLabelled(LearnerInput input) {
    return input instanceof Labelled
        || input instanceof Corrected
        || input instanceof Observation image && image.positive().isPresent();
  }

  /** Whether it has taken anything. */
  boolean hasBegun() {
    return hasBegun;
  }

  /** Returns labels taken, and how many of them were when the newest snapshot was made. */
  public Progress progress() {
    return new Progress(model.memory().labels(), model.memory().snapshotLabels());
  }

  /**
   * How far a model and its newest snapshot are.
   *
   * @param labels examples and corrections taken
   * @param snapshotLabels the same when the newest snapshot was made
   */
  public record Progress(long labels, long snapshotLabels) {}

  /** Returns what is known of the model now; empty if it has taken nothing. */
  synchronized Optional<ModelView> view() {
    return hasBegun
        ? Optional.of(
            new ModelView(
                model.memory().state(), model.release().record(), model.memory().scores().copy()))
        : Optional.empty();
  }

  /** Returns versions as they are now, given where the checkpoint's are. */
  ByteSource versionsOver(ByteSource saved) {
    return changes.versions().over(saved);
  }

  /**
   * Writes the state if no input has come for a while, so that nobody has to replay the journal.
   */
  public void rest(long now, Duration patience) {
    if (journal.length() != restingLength) {
      restingLength = journal.length();
      restingSince = now;
    } else if (restingLength > 0 && now - restingSince >= patience.toMillis()) {
      checkpoint();
    }
  }

  /** Writes the state, if inputs were taken, and begins the journal anew. */
  synchronized void checkpoint() {
    if (journal.length() == 0) {
      return;
    }
    model.save();
    changes.all().forEach(WriteBuffer::write);
    journal.clear();
    isCheckpointCurrent = true;
    labels = 0;
    restingLength = 0;
  }
}
