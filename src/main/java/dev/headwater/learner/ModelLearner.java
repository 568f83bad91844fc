package dev.headwater.learner;

import dev.headwater.evaluation.ScoreCard;
import dev.headwater.event.Evaluation;
import dev.headwater.event.ModelRequest;
import dev.headwater.event.RejectedException;
import dev.headwater.head.InputStatistics;
import dev.headwater.head.OnlineLearner;
import dev.headwater.head.TrainingState;
import dev.headwater.learner.model.LearnerInput;
import dev.headwater.learner.model.LearnerInput.Corrected;
import dev.headwater.learner.model.LearnerInput.Flush;
import dev.headwater.learner.model.LearnerInput.Labelled;
import dev.headwater.learner.model.LearnerInput.Observation;
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
import dev.headwater.learner.release.Promotions;
import dev.headwater.learner.release.ReleaseRecord;
import dev.headwater.learner.release.ReleaseState;
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
 * <p>Plain Java: everything it remembers is in the stores. Not thread-safe.
 */
public final class ModelLearner {
  /** What made a version that was learnt here. */
  private static final String TRAINING = "training";

  private final LearnerConfiguration configuration;
  private final OnlineLearner learner;
  private final PrequentialStep testThenTrain;
  private final Promotions promotions;
  private final Commands commands;
  private final HoldoutPolicy heldOut;

  public ModelLearner(LearnerConfiguration configuration) {
    this.configuration = configuration;
    learner = new OnlineLearner(configuration.settings(), configuration.inputs());
    testThenTrain = new PrequentialStep(learner, configuration.reaction());
    promotions = new Promotions(configuration.release().gate(), learner);
    heldOut = new HoldoutPolicy(learner);
    commands = Commands.of(configuration.imports(), configuration.catalog(), learner);
  }

  /**
   * Takes one input and saves what came of it.
   *
   * @param time of the input, which becomes the time of a snapshot
   * @throws RejectedException if the input is of another backbone than the model's head
   */
  public List<LearnerOutput> accept(
      LearnerStores stores, String model, LearnerInput input, Instant time)
      throws RejectedException {
    var memory = open(stores, model);
    var image = image(input);
    if (image.isPresent()) {
      PrequentialStep.requireBackbone(memory, image.get());
    }
    if (memory.versions().haveOtherTerms()) {
      memory.versions().otherTerms();
      heldOut.followPolicy(memory, memory.versions().policyBefore());
    }
    if (input instanceof Requested requested) {
      var outputs = commands.carryOut(memory, requested.request(), time);
      memory.save();
      return outputs;
    }
    boolean snapshotDue =
        input instanceof Flush flush
            ? flush(memory, flush)
            : take(memory, input)
                && configuration
                    .policy()
                    .isDue(OnlineLearner.lessons(memory), memory.snapshotLessons());
    var outputs = new ArrayList<LearnerOutput>();
    for (var alarm : memory.drift().alarms()) {
      outputs.add(new NewEvent(DriftEvents.of(model, alarm, memory.progress(), time)));
    }
    if (snapshotDue) {
      outputs.addAll(snapshot(memory, model, time));
    }
    memory.save();
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

  private ModelMemory open(LearnerStores stores, String model) {
    var known = stores.progress(model);
    boolean goesOn = known.filter(configuration::isToGoOn).isPresent();
    var progress =
        known
            .filter(configuration::isToGoOn)
            .orElseGet(() -> begun(known.map(ModelState::version)));
    var standing = standing(stores, model, progress, goesOn);
    var memory =
        new ModelMemory(
            model,
            stores,
            progress,
            training(stores, model, progress),
            statistics(stores, model, progress),
            new ReleaseState(model, stores.versions(), standing, configuration.terms(model)));
    if (memory.lacksDiscriminant()) {
      learner.refit(memory);
    }
    return memory;
  }

  /** Returns the learner that has taken a model's inputs until now, as it was configured then. */
  ModelLearner asBefore(LearnerStores stores, String model) {
    var then = configuration.asBefore(stores, model);
    return then.equals(configuration) ? this : new ModelLearner(then);
  }

  /** Whether what is configured, and the backbone, is what a model's state was written by. */
  boolean isConfiguredAsBefore(LearnerStores stores, String model) {
    return configuration.isAsBefore(stores, model);
  }

  /** No number of a version is given twice. */
  private ModelState begun(Optional<Long> version) {
    return configuration.begun().withVersion(version.orElse(0L));
  }

  /** An earlier build has put each version into service, and kept none. */
  private static ReleaseRecord standing(
      LearnerStores stores, String model, ModelState progress, boolean goesOn) {
    long newest = progress.version();
    return stores
        .versions()
        .standing(model)
        .filter(known -> goesOn)
        .orElseGet(
            () -> ReleaseRecord.initial(newest, goesOn ? newest : 0, progress.lessons(), null));
  }

  private TrainingState training(LearnerStores stores, String model, ModelState progress) {
    return progress.steps() == 0 ? learner.untrained() : stores.training(model, progress.steps());
  }

  private InputStatistics statistics(LearnerStores stores, String model, ModelState progress) {
    return progress.predictions() == 0
        ? InputStatistics.none(configuration.inputs())
        : stores.statistics(model, configuration.inputs());
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

  /** Takes anything but a flush; returns whether the weights changed. */
  private boolean take(ModelMemory memory, LearnerInput input) {
    if (input instanceof Observation image) {
      return testThenTrain.observe(memory, image);
    }
    if (input instanceof Labelled labelled) {
      return testThenTrain.label(memory, labelled.image());
    }
    if (input instanceof Corrected corrected) {
      return testThenTrain.correct(memory, corrected.image());
    }
    memory.repeated();
    return false;
  }

  private boolean flush(ModelMemory memory, Flush flush) {
    if (memory.snapshotLessons() >= flush.lessons()) {
      return false;
    }
    boolean hasTrained = learner.flush(memory);
    if (!hasTrained && memory.training().steps() == 0) {
      memory.nothingToSnapshot();
      return false;
    }
    return true;
  }

  private List<LearnerOutput> snapshot(ModelMemory memory, String model, Instant time) {
    long parent = memory.versions().base();
    memory.snapshotTaken();
    var progress = memory.progress();
    var scores = new ScoreReport(memory.scores());
    var modelSettings = configuration.catalog().settings(model);
    var snapshot =
        new Snapshot(
            model,
            progress.version(),
            parent,
            progress.backbone(),
            progress.reducedQuality(),
            modelSettings.classes(),
            memory.blend().calibration().threshold(),
            progress.examples(),
            scores.accuracy(),
            scores.windowAccuracy(),
            time,
            TRAINING,
            learner.head(memory));
    memory.versions().keep(snapshot, SnapshotFile.write(snapshot), memory.lessons(), false);
    memory.versions().standOn(snapshot.version());
    var outputs = new ArrayList<LearnerOutput>();
    outputs.add(new NewSnapshot(snapshot));
    outputs.add(new NewEvaluation(evaluation(model, progress, scores, time)));
    outputs.addAll(promotions.decide(memory, snapshot, time));
    return outputs;
  }

  private static Evaluation evaluation(
      String model, ModelState progress, ScoreReport scores, Instant time) {
    return new Evaluation(
        model,
        progress.version(),
        progress.examples(),
        progress.predictions(),
        progress.repeated(),
        progress.corrections(),
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
