package dev.headwater.learner;

import dev.headwater.evaluation.ScoreCard;
import dev.headwater.event.Evaluation;
import dev.headwater.event.ModelRequest;
import dev.headwater.event.RejectedException;
import dev.headwater.head.OnlineLearner;
import dev.headwater.learner.model.LearnerInput;
import dev.headwater.learner.model.LearnerInput.Corrected;
import dev.headwater.learner.model.LearnerInput.Flush;
import dev.headwater.learner.model.LearnerInput.Labelled;
import dev.headwater.learner.model.LearnerInput.Observation;
import dev.headwater.learner.model.LearnerInput.Repeated;
import dev.headwater.learner.model.LearnerInput.Requested;
import dev.headwater.learner.model.LearnerOutput;
import dev.headwater.learner.model.LearnerOutput.NewEvaluation;
import dev.headwater.learner.model.LearnerOutput.NewEvent;
import dev.headwater.learner.model.LearnerOutput.NewSnapshot;
import dev.headwater.learner.model.LearnerStores;
import dev.headwater.learner.model.ModelMemory;
import dev.headwater.learner.model.ModelState;
import dev.headwater.learner.model.ScoreReport;
import dev.headwater.learner.release.Commands;
import dev.headwater.learner.release.HoldoutPolicy;
import dev.headwater.learner.release.Model;
import dev.headwater.learner.release.Promotions;
import dev.headwater.learner.release.ReleaseRecord;
import dev.headwater.learner.release.ReleaseState;
import dev.headwater.learner.release.VersionStore;
import dev.headwater.snapshot.Snapshot;
import dev.headwater.snapshot.SnapshotFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes one input of a model after the other: test, then train; and makes a snapshot when one is
 * due.
 *
 * <p>Plain Java: everything it remembers is in the {@link Model}. Not thread-safe.
 */
public final class ModelLearner {
  /** What made a version that was learnt here. */
  private static final String TRAINING = "training";

  private final LearnerConfiguration configuration;
  private final OnlineLearner learner;
  private final PrequentialStep prequentialStep;
  private final Promotions promotions;
  private final Commands commands;
  private final HoldoutPolicy heldOut;

  public ModelLearner(LearnerConfiguration configuration) {
    this.configuration = configuration;
    learner = new OnlineLearner(configuration.settings(), configuration.inputs());
    prequentialStep = new PrequentialStep(learner, configuration.reaction());
    promotions = new Promotions(configuration.release().gate(), learner);
    heldOut = new HoldoutPolicy(learner);
    commands = Commands.of(configuration.imports(), configuration.catalog(), learner);
  }

  /** Opens a model as its checkpoint has it; begins it where there is none. */
  public Model open(LearnerStores stores) {
    var known = stores.state();
    var config = configuration.effective(stores.model());
    var versions = new VersionStore(stores.model(), stores.versions());
    var continued = known.filter(configuration::continues);
    var state =
        continued.orElseGet(
            () -> configuration.initialState(known.map(ModelState::version).orElse(0L)));
    var record =
        continued
            .flatMap(goesOn -> versions.record())
            .orElseGet(() -> ReleaseRecord.initial(state.version(), config));
    var release = new ReleaseState(versions, record, config);
    return new Model(new ModelMemory(stores, state, release.rule(), learner.untrained()), release);
  }

  /** Whether what is configured, and the backbone, is what a model's checkpoint was written by. */
  boolean isConfiguredAsCheckpoint(LearnerStores stores) {
    return stores.state().isPresent() && configuredAsCheckpoint(stores) == this;
  }

  /** Returns a learner configured as a model's checkpoint was written: this one, if it is so. */
  ModelLearner configuredAsCheckpoint(LearnerStores stores) {
    String model = stores.model();
    var state = stores.state();
    var config = new VersionStore(model, stores.versions()).record().map(ReleaseRecord::config);
    if (state.isEmpty() || config.isEmpty()) {
      return this;
    }
    boolean isCurrent =
        config.get().equals(configuration.effective(model))
            && state.get().backbone().equals(configuration.backbone().fingerprint());
    return isCurrent
        ? this
        : new ModelLearner(configuration.asOf(state.get(), model, config.get()));
  }

  /**
   * Takes one input.
   *
   * @param time of the input, which becomes the time of a snapshot
   * @throws RejectedException if the input is of another backbone than the model's head; then
   *     nothing has changed
   */
  public List<LearnerOutput> accept(Model model, LearnerInput input, Instant time)
      throws RejectedException {
    var image = image(input);
    if (image.isPresent()) {
      PrequentialStep.requireBackbone(model.memory(), image.get());
    }
    if (model.release().hasOtherConfiguration()) {
      heldOut.followPolicy(model, model.release().adoptConfiguration());
    }
    if (input instanceof Requested requested) {
      return commands.carryOut(model, requested.request(), time);
    }
    boolean isSnapshotDue =
        input instanceof Flush flush ? flush(model.memory(), flush) : take(model, input);
    var outputs = new ArrayList<LearnerOutput>();
    for (var alarm : model.memory().drift().takeAlarms()) {
      outputs.add(new NewEvent(DriftEvents.of(model.memory(), alarm, time)));
    }
    if (isSnapshotDue) {
      outputs.addAll(snapshot(model, time));
    }
    return outputs;
  }

  /**
   * Returns the refusal of what is asked of a model that does not exist; empty if that may bring it
   * into being.
   *
   * @param models how many this task has
   */
  public Optional<LearnerOutput> refusalForNone(ModelRequest request, int models, Instant time) {
    return commands.refusalForNone(request, models, time);
  }

  /** The image that an input is about, if it is about one that is to be looked at. */
  private static Optional<Observation> image(LearnerInput input) {
    if (input instanceof Observation image) {
      return Optional.of(image);
    }
    if (input instanceof Labelled labelled) {
      return Optional.of(labelled.image());
    }
    return input instanceof Corrected corrected ? Optional.of(corrected.image()) : Optional.empty();
  }

  /** Takes anything but a flush; returns whether a snapshot is due. */
  private boolean take(Model model, LearnerInput input) {
    var memory = model.memory();
    if (input instanceof Repeated) {
      memory.repeated();
      return false;
    }
    return learn(model, input)
        && configuration.policy().isDue(OnlineLearner.labels(memory), memory.snapshotLabels());
  }

  /** Returns whether the weights changed. */
  private boolean learn(Model model, LearnerInput input) {
    if (input instanceof Labelled labelled) {
      return prequentialStep.label(model, labelled.image());
    }
    if (input instanceof Corrected corrected) {
      return prequentialStep.correct(model, corrected.image());
    }
    return prequentialStep.observe(model, (Observation) input);
  }

  private boolean flush(ModelMemory memory, Flush flush) {
    if (memory.snapshotLabels() >= flush.labels()) {
      return false;
    }
    boolean hasTrained = learner.flush(memory);
    if (!hasTrained && memory.training().steps() == 0) {
      memory.nothingToSnapshot();
      return false;
    }
    return true;
  }

  private List<LearnerOutput> snapshot(Model model, Instant time) {
    var memory = model.memory();
    long parent = model.release().base();
    memory.snapshotTaken();
    var scores = new ScoreReport(memory.scores());
    var snapshot =
        new Snapshot(
            model.name(),
            memory.version(),
            parent,
            memory.backbone(),
            memory.reducedQuality(),
            configuration.catalog().settings(model.name()).classes(),
            memory.ensemble().calibration().threshold(),
            memory.examples(),
            scores.accuracy(),
            scores.windowAccuracy(),
            time,
            TRAINING,
            learner.head(memory));
    byte[] file = SnapshotFile.write(snapshot);
    model.release().keep(snapshot, file, memory.labels(), false);
    model.release().setBase(snapshot.version());
    var outputs = new ArrayList<LearnerOutput>();
    outputs.add(new NewSnapshot(snapshot, file));
    outputs.add(new NewEvaluation(evaluation(memory, scores, time)));
    outputs.addAll(promotions.decide(model, snapshot, time));
    return outputs;
  }

  private static Evaluation evaluation(ModelMemory memory, ScoreReport scores, Instant time) {
    return new Evaluation(
        memory.model(),
        memory.version(),
        memory.examples(),
        memory.predictions(),
        memory.repetitions(),
        memory.corrections(),
        scores.accuracy(),
        scores.windowAccuracy(),
        ScoreCard.WINDOW,
        scores.servedAccuracy(),
        scores.trained(),
        scores.served(),
        scores.servedVersions(),
        scores.domains(),
        time);
  }
}
