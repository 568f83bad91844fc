package dev.headwater.stream;

import dev.headwater.backbone.BackboneId;
import dev.headwater.evaluation.Scores;
import dev.headwater.event.ErrorCode;
import dev.headwater.event.Evaluation;
import dev.headwater.event.RejectedException;
import dev.headwater.head.Example;
import dev.headwater.head.InputStatistics;
import dev.headwater.head.LearnerSettings;
import dev.headwater.head.OnlineLearner;
import dev.headwater.head.TrainingState;
import dev.headwater.snapshot.Snapshot;
import dev.headwater.stream.LearnerInput.Flush;
import dev.headwater.stream.LearnerInput.Observation;
import dev.headwater.stream.LearnerOutput.NewEvaluation;
import dev.headwater.stream.LearnerOutput.NewSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Takes one input of a model after the other: test, then train; and makes a snapshot when one is
 * due.
 *
 * <p>Plain Java: everything it remembers is in the stores. Not thread-safe.
 */
final class ModelLearner {
  private final BackboneId backbone;
  private final int inputs;
  private final LearnerSettings settings;
  private final SnapshotPolicy policy;
  private final ModelCatalog catalog;
  private final OnlineLearner learner;

  ModelLearner(
      BackboneId backbone,
      int inputs,
      LearnerSettings settings,
      SnapshotPolicy policy,
      ModelCatalog catalog,
      OnlineLearner learner) {
    this.backbone = backbone;
    this.inputs = inputs;
    this.settings = settings;
    this.policy = policy;
    this.catalog = catalog;
    this.learner = learner;
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
    boolean snapshotDue =
        input instanceof Observation observation
            ? observe(memory, model, observation)
            : flush(memory, (Flush) input);
    List<LearnerOutput> outputs = snapshotDue ? snapshot(memory, model, time) : List.of();
    memory.save();
    return outputs;
  }

  private ModelMemory open(LearnerStores stores, String model) {
    var progress =
        stores
            .progress(model)
            .filter(known -> known.examples() > 0 || isOfThisBackbone(known))
            .orElseGet(
                () ->
                    ModelProgress.initial(
                        backbone.fingerprint(), isReduced(), settings.reservoirCapacity()));
    var training =
        progress.steps() == 0
            ? TrainingState.initial(inputs, settings.seed())
            : stores.training(model, progress.steps());
    return new ModelMemory(model, stores, progress, training, statistics(stores, model, progress));
  }

  /** A model that has learnt nothing has no head to protect: it takes the backbone there is. */
  private boolean isOfThisBackbone(ModelProgress progress) {
    return progress.backbone().equals(backbone.fingerprint());
  }

  private InputStatistics statistics(LearnerStores stores, String model, ModelProgress progress) {
    return progress.predictions() == 0
        ? InputStatistics.none(inputs)
        : stores.statistics(model, inputs);
  }

  private boolean isReduced() {
    return backbone.quality() == BackboneId.Quality.REDUCED;
  }

  private boolean observe(ModelMemory memory, String model, Observation observation)
      throws RejectedException {
    requireBackbone(memory, model, observation);
    memory.predicted();
    learner.see(memory, observation.embedding());
    if (observation.positive().isEmpty()) {
      return false;
    }
    boolean positive = observation.positive().get();
    var modelSettings = catalog.settings(model);
    double trained = learner.probability(memory, observation.embedding());
    Optional<Boolean> servedRight =
        observation.snapshotVersion() == 0
            ? Optional.empty()
            : Optional.of(modelSettings.predictsPositive(observation.probability()) == positive);
    String domain = memory.progress().scores().known(observation.domain());
    memory.scored(domain, modelSettings.predictsPositive(trained) == positive, servedRight);
    boolean learnt = learner.learn(memory, new Example(observation.embedding(), positive, domain));
    return learnt && policy.isDue(memory.examples(), memory.progress().snapshotExamples());
  }

  private static void requireBackbone(ModelMemory memory, String model, Observation observation)
      throws RejectedException {
    String expected = memory.progress().backbone();
    if (!observation.backbone().equals(expected)) {
      throw new RejectedException(
          ErrorCode.BACKBONE_MISMATCH,
          "image %s was embedded by backbone %.12s, the head of model %s was trained on %.12s; start with that one's weights"
              .formatted(observation.imageId(), observation.backbone(), model, expected));
    }
    int size = observation.embedding().size();
    int inputs = memory.training().weights().inputs();
    if (size != inputs) {
      throw new RejectedException(
          ErrorCode.EVENT_MALFORMED,
          "image %s has an embedding of %d values, the head of model %s expects %d"
              .formatted(observation.imageId(), size, model, inputs));
    }
  }

  private boolean flush(ModelMemory memory, Flush flush) {
    if (memory.progress().snapshotExamples() >= flush.examples()) {
      return false;
    }
    learner.flush(memory);
    return memory.training().steps() > 0;
  }

  private List<LearnerOutput> snapshot(ModelMemory memory, String model, Instant time) {
    memory.snapshotTaken();
    var progress = memory.progress();
    var modelSettings = catalog.settings(model);
    var snapshot =
        new Snapshot(
            model,
            progress.version(),
            progress.version() - 1,
            progress.backbone(),
            progress.reducedQuality(),
            modelSettings.classes(),
            modelSettings.threshold(),
            progress.examples(),
            progress.scores().trained().accuracy(),
            progress.scores().window().accuracy(),
            time,
            "training",
            learner.head(memory));
    return List.of(new NewSnapshot(snapshot), new NewEvaluation(evaluation(model, progress, time)));
  }

  private static Evaluation evaluation(String model, ModelProgress progress, Instant time) {
    var scores = progress.scores();
    return new Evaluation(
        model,
        progress.version(),
        progress.examples(),
        progress.predictions(),
        scores.trained().accuracy(),
        scores.window().accuracy(),
        Scores.WINDOW,
        scores.served().accuracy(),
        progress.domains(),
        time);
  }
}
