package dev.headwater.learner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.event.RejectedException;
import dev.headwater.learner.model.HeapStore;
import dev.headwater.learner.model.LearnerByteStores;
import dev.headwater.learner.model.LearnerInput;
import dev.headwater.learner.model.LearnerInputCodec;
import dev.headwater.learner.model.LearnerOutput;
import dev.headwater.learner.model.LearnerOutput.NewEvaluation;
import dev.headwater.learner.model.LearnerOutput.NewEvent;
import dev.headwater.learner.model.LearnerOutput.NewSnapshot;
import dev.headwater.learner.model.LearnerOutput.Promoted;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One life of a process that learns models, whose stores outlive it; without Kafka. */
final class LearnerProcess {
  static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  /** A file that was made; files are alike if their bytes are. */
  record NewVersion(ByteBuffer file) {}

  /** A file that came into service. */
  record InService(ByteBuffer file) {}

  private final LearnerSetup setup;
  private final LearnerByteStores<HeapStore> saved;
  private final HeapStore journals;
  private final LiveModels live = new LiveModels();
  private final OpenModels models;
  private final List<Object> outputs;

  LearnerProcess(LearnerSetup setup) {
    this(setup, LearnerByteStores.of(name -> new HeapStore()), new HeapStore(), new ArrayList<>());
  }

  private LearnerProcess(
      LearnerSetup setup,
      LearnerByteStores<HeapStore> saved,
      HeapStore journals,
      List<Object> outputs) {
    this.setup = setup;
    this.saved = saved;
    this.journals = journals;
    this.outputs = outputs;
    models = new OpenModels(setup.learner(), saved, journals, live);
  }

  /** Returns what finds the stores as they are, and nothing that was in memory only. */
  LearnerProcess restarted() {
    return restarted(setup);
  }

  /** The same, configured anew. */
  LearnerProcess restarted(LearnerSetup other) {
    return new LearnerProcess(
        other, saved.through(HeapStore::reopened), journals.reopened(), outputs);
  }

  /** Takes an input that is not refused. */
  void accept(String model, LearnerInput input) {
    try {
      offer(model, input);
    } catch (RejectedException e) {
      throw new AssertionError(e);
    }
  }

  void offer(String model, LearnerInput input) throws RejectedException {
    var entry = new Journal.Entry(TIME, LearnerInputCodec.write(input));
    models.get(model).accept(input, entry).stream()
        .map(LearnerProcess::comparable)
        .forEach(outputs::add);
  }

  /** Returns something that equals what has the same bytes. */
  private static Object comparable(LearnerOutput output) {
    if (output instanceof NewSnapshot made) {
      return new NewVersion(ByteBuffer.wrap(made.file()));
    }
    if (output instanceof Promoted promoted) {
      return new InService(ByteBuffer.wrap(promoted.file()));
    }
    return output instanceof NewEvaluation made ? made.evaluation() : ((NewEvent) output).event();
  }

  /** Writes what is in memory only. */
  LearnerProcess rested() {
    models.atWork().forEach(OpenModel::checkpoint);
    return this;
  }

  /** What left the learner so far, in this life and those before. */
  List<Object> outputs() {
    return outputs;
  }

  /** Those of them that are new versions. */
  List<Object> snapshots() {
    return outputs.stream().filter(NewVersion.class::isInstance).toList();
  }

  OpenModels models() {
    return models;
  }

  LearnerByteStores<HeapStore> saved() {
    return saved;
  }

  HeapStore journals() {
    return journals;
  }

  /** What those see of a model that ask from other threads. */
  Optional<ModelView> view(String model) {
    return live.view(
        model, new ModelView.Source(saved.progress(), saved.versions(), saved.scores()));
  }

  /** Checks that what left this process and what it has saved is the same to the bit. */
  void assertSameAs(LearnerProcess expected) {
    assertThat(outputs).hasSameSizeAs(expected.outputs);
    for (int i = 0; i < outputs.size(); i++) {
      assertThat(outputs.get(i)).as("output %d", i).isEqualTo(expected.outputs.get(i));
    }
    for (int i = 0; i < saved.all().size(); i++) {
      assertSame(saved.all().get(i), expected.saved.all().get(i));
    }
  }

  static void assertSame(HeapStore actual, HeapStore expected) {
    assertThat(actual.entries().keySet()).isEqualTo(expected.entries().keySet());
    expected
        .entries()
        .forEach((key, value) -> assertThat(actual.get(key)).as("%s", key).isEqualTo(value));
  }
}
