package dev.headwater.stream;

import dev.headwater.backbone.BackboneId;
import dev.headwater.evaluation.ScoreCard;
import dev.headwater.event.Evaluation;
import dev.headwater.event.ModelRequest;
import dev.headwater.event.RejectedException;
import dev.headwater.head.InputStatistics;
import dev.headwater.head.LearnerSettings;
import dev.headwater.head.OnlineLearner;
import dev.headwater.head.TrainingState;
import dev.headwater.snapshot.Snapshot;
import dev.headwater.snapshot.SnapshotFile;
import dev.headwater.stream.LearnerInput.Corrected;
import dev.headwater.stream.LearnerInput.Flush;
import dev.headwater.stream.LearnerInput.Labelled;
import dev.headwater.stream.LearnerInput.Observation;
import dev.headwater.stream.LearnerInput.Requested;
import dev.headwater.stream.LearnerOutput.NewEvaluation;
import dev.headwater.stream.LearnerOutput.NewEvent;
import dev.headwater.stream.LearnerOutput.NewSnapshot;
import dev.headwater.stream.Terms.Training;
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
final class ModelLearner {
  /** What made a version that was learnt here. */
  private static final String TRAINING = "training";

  private final BackboneId backbone;
  private final int inputs;
  private final LearnerSettings settings;
  private final SnapshotPolicy policy;
  private final ModelCatalog catalog;
  private final OnlineLearner learner;
  private final TestThenTrain testThenTrain;
  private final ReleaseRules release;
  private final DriftReaction reaction;
  private final Promotions promotions;
  private final Commands commands;
  private final HeldOut heldOut;

  ModelLearner(
      BackboneId backbone,
      int inputs,
      LearnerSettings settings,
      SnapshotPolicy policy,
      ModelCatalog catalog,
      DriftReaction reaction,
      ReleaseRules release,
      OnlineLearner learner) {
    this.backbone = backbone;
    this.inputs = inputs;
    this.settings = settings;
    this.policy = policy;
    this.catalog = catalog;
    this.learner = learner;
    this.release = release;
    this.reaction = reaction;
    testThenTrain = new TestThenTrain(learner, reaction);
    promotions = new Promotions(release.gate(), learner);
    heldOut = new HeldOut(learner);
    commands = Commands.of(new Imports(backbone, inputs, catalog), catalog, learner);
  }

  /**
   * Takes one input and saves what came of it.
   *
   * @param time of the input, which becomes the time of a snapshot
   * @throws RejectedException if the input is of another backbone than the model's head
   */
  List<LearnerOutput> accept(LearnerStores stores, String model, LearnerInput input, Instant time)
      throws RejectedException {
    var memory = open(stores, model);
    var image = image(input);
    if (image.isPresent()) {
      TestThenTrain.requireBackbone(memory, image.get());
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
                && policy.isDue(OnlineLearner.lessons(memory), memory.snapshotLessons());
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
  Optional<LearnerOutput> refusalForNone(ModelRequest request, int models, Instant time) {
    return commands.refusalForNone(request, models, time);
  }

  private ModelMemory open(LearnerStores stores, String model) {
    var known = stores.progress(model);
    boolean goesOn = known.filter(this::isToGoOn).isPresent();
    var progress =
        known.filter(this::isToGoOn).orElseGet(() -> begun(known.map(ModelProgress::version)));
    var standing = standing(stores, model, progress, goesOn);
    var memory =
        new ModelMemory(
            model,
            stores,
            progress,
            training(stores, model, progress),
            statistics(stores, model, progress),
            new ModelVersions(model, stores.versions(), standing, terms(model)));
    if (memory.lacksDiscriminant()) {
      learner.refit(memory);
    }
    return memory;
  }

  private Terms terms(String model) {
    var known = catalog.settings(model);
    return new Terms(
        known.policy(),
        known.decision().text(),
        release.onRegression(),
        release.keptVersions(),
        new Training(known.classes(), settings, policy.examples(), reaction));
  }

  /**
   * Returns the learner that has taken a model's inputs until now: configured as it was then, and
   * with the backbone of that time.
   */
  ModelLearner asBefore(LearnerStores stores, String model) {
    var now = terms(model);
    var then = termsBefore(stores, model, now);
    var before = stores.progress(model).map(this::backbone).orElse(backbone);
    return then.equals(now) && before.equals(backbone) ? this : configured(model, then, before);
  }

  private BackboneId backbone(ModelProgress known) {
    var quality = known.reducedQuality() ? BackboneId.Quality.REDUCED : BackboneId.Quality.FULL;
    return known.backbone().equals(backbone.fingerprint())
        ? backbone
        : new BackboneId(backbone.name(), known.backbone(), quality);
  }

  private static Terms termsBefore(LearnerStores stores, String model, Terms now) {
    return stores
        .versions()
        .standing(model)
        .map(Standing::terms)
        .map(terms -> terms.completedBy(now))
        .orElseGet(now::ofEarlierBuild);
  }

  private ModelLearner configured(String model, Terms terms, BackboneId heads) {
    var training = terms.training();
    return new ModelLearner(
        heads,
        inputs,
        training.learner(),
        new SnapshotPolicy(training.snapshotExamples(), policy.interval()),
        new ModelCatalog(List.of(terms.settings(model)), true, 1),
        training.onDrift(),
        new ReleaseRules(release.gate(), terms.onRegression(), terms.keep()),
        new OnlineLearner(training.learner(), inputs));
  }

  /** Whether what is configured, and the backbone, is what a model's state was written by. */
  boolean isConfiguredAsBefore(LearnerStores stores, String model) {
    return stores.progress(model).filter(this::isToGoOn).isPresent()
        && stores
            .versions()
            .standing(model)
            .filter(standing -> terms(model).equals(standing.terms()))
            .isPresent();
  }

  /** A model that has learnt nothing has no head to protect: it takes the backbone there is. */
  private boolean isToGoOn(ModelProgress known) {
    return known.examples() > 0 || known.backbone().equals(backbone.fingerprint());
  }

  /** No number of a version is given twice. */
  private ModelProgress begun(Optional<Long> version) {
    return ModelProgress.initial(backbone.fingerprint(), isReduced(), settings.reservoirCapacity())
        .withVersion(version.orElse(0L));
  }

  /** An earlier build has put each version into service, and kept none. */
  private static Standing standing(
      LearnerStores stores, String model, ModelProgress progress, boolean goesOn) {
    long newest = progress.version();
    return stores
        .versions()
        .standing(model)
        .filter(known -> goesOn)
        .orElseGet(() -> Standing.initial(newest, goesOn ? newest : 0, progress.lessons(), null));
  }

  private TrainingState training(LearnerStores stores, String model, ModelProgress progress) {
    return progress.steps() == 0
        ? OnlineLearner.untrained(settings, inputs)
        : stores.training(model, progress.steps());
  }

  private InputStatistics statistics(LearnerStores stores, String model, ModelProgress progress) {
    return progress.predictions() == 0
        ? InputStatistics.none(inputs)
        : stores.statistics(model, inputs);
  }

  private boolean isReduced() {
    return backbone.quality() == BackboneId.Quality.REDUCED;
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
    var scores = new ScoreReader(memory.scores());
    var modelSettings = catalog.settings(model);
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
      String model, ModelProgress progress, ScoreReader scores, Instant time) {
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
