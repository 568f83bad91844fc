package dev.headwater.learner;

import dev.headwater.event.RejectedException;
import dev.headwater.learner.model.ByteStore;
import dev.headwater.learner.model.ExampleCache;
import dev.headwater.learner.model.LearnerByteStores;
import dev.headwater.learner.model.LearnerInput;
import dev.headwater.learner.model.LearnerInput.Corrected;
import dev.headwater.learner.model.LearnerInput.Labelled;
import dev.headwater.learner.model.LearnerInput.Observation;
import dev.headwater.learner.model.LearnerInput.Requested;
import dev.headwater.learner.model.LearnerInputCodec;
import dev.headwater.learner.model.LearnerOutput;
import dev.headwater.learner.model.LearnerStores;
import dev.headwater.learner.model.ModelState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A model at work: its state as of a checkpoint, the changes since, which are in memory only, and
 * the journal of the inputs that made them.
 *
 * <p>An input costs one record of its own size; the state, 2 MB, is written once in {@link
 * #MOST_LESSONS} lessons. Whoever opens the model anew takes the inputs of the journal once more,
 * which gives the same state to the bit.
 */
public final class OpenModel {
  /** Lessons from one checkpoint to the next: a second's work, for who has to do it again. */
  static final int MOST_LESSONS = 128;

  /** Inputs from one checkpoint to the next, lessons or not: about 5 MB. */
  static final int MOST_INPUTS = 1024;

  private final String name;
  private final ModelLearner learner;
  private final Journal journal;
  private final LearnerByteStores<WriteBuffer> changes;
  private final LearnerStores stores;
  private boolean isSaved;
  private int lessons;
  private int restingLength;
  private long restingSince;

  private OpenModel(
      String name,
      ModelLearner learner,
      LearnerByteStores<?> saved,
      Journal journal,
      ExampleCache cache) {
    this.name = name;
    this.learner = learner;
    this.journal = journal;
    changes = saved.through(WriteBuffer::new);
    stores = new LearnerStores(changes, cache);
    isSaved =
        stores.progress(name).filter(ModelState::isOfThisFormat).isPresent()
            && learner.isConfiguredAsBefore(stores, name);
  }

  /** Opens a model: reads its checkpoint, and takes the inputs since then once more. */
  static OpenModel open(
      String name,
      ModelLearner learner,
      LearnerByteStores<?> saved,
      ByteStore journals,
      ExampleCache cache) {
    var opened = new OpenModel(name, learner, saved, Journal.open(name, journals), cache);
    opened.retake();
    return opened;
  }

  /** What the inputs of the journal have led to has left, the first time. */
  private void retake() {
    var then = learner.asBefore(stores, name);
    journal.entries().forEach(entry -> retake(then, entry));
  }

  private void retake(ModelLearner then, Journal.Entry entry) {
    var input = LearnerInputCodec.read(entry.input());
    try {
      take(then, input, entry.time());
    } catch (RejectedException e) {
      retakeOfAnotherBackbone(input, entry.time());
    }
  }

  /** An earlier build let a journal go on with another backbone than its checkpoint is of. */
  private void retakeOfAnotherBackbone(LearnerInput input, Instant time) {
    try {
      take(learner, input, time);
    } catch (RejectedException e) {
      // Of a third one, before anything was learnt.
      return;
    }
  }

  /**
   * Takes one input.
   *
   * @param entry the same for the journal
   * @throws RejectedException if it is of another backbone than the model's head
   */
  public List<LearnerOutput> accept(LearnerInput input, Journal.Entry entry)
      throws RejectedException {
    var outputs = take(learner, input, entry.time());
    journal.add(entry);
    // A request can be a file of a megabyte: a journal of many would not fit into memory.
    boolean isLarge = input instanceof Requested;
    if (isLarge || !isSaved || lessons >= MOST_LESSONS || journal.length() >= MOST_INPUTS) {
      checkpoint();
    }
    return outputs;
  }

  private List<LearnerOutput> take(ModelLearner by, LearnerInput input, Instant time)
      throws RejectedException {
    var outputs = by.accept(stores, name, input, time);
    lessons += isLesson(input) ? 1 : 0;
    return outputs;
  }

  private static boolean isLesson(LearnerInput input) {
    return input instanceof Labelled
        || input instanceof Corrected
        || input instanceof Observation image && image.positive().isPresent();
  }

  /** Whether it has taken anything. */
  boolean isBegun() {
    return stores.progress(name).isPresent();
  }

  /** What it knows and a reader of the stores does not. */
  LearnerByteStores<WriteBuffer> changes() {
    return changes;
  }

  /** Writes the state if no input has come for a while, so that nobody has to take them again. */
  public void rest(long now, Duration patience) {
    if (journal.length() != restingLength) {
      restingLength = journal.length();
      restingSince = now;
    } else if (restingLength > 0 && now - restingSince >= patience.toMillis()) {
      checkpoint();
    }
  }

  /** Writes the state, if inputs were taken, and begins the journal anew. */
  void checkpoint() {
    if (journal.length() == 0) {
      return;
    }
    changes.all().forEach(WriteBuffer::write);
    journal.clear();
    // What rests may have been decided by another configuration: then the next input is saved too.
    isSaved = learner.isConfiguredAsBefore(stores, name);
    lessons = 0;
    restingLength = 0;
  }
}
