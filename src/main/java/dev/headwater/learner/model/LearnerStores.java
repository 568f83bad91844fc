package dev.headwater.learner.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.headwater.event.Json;
import dev.headwater.head.Ensemble;
import dev.headwater.head.HeadParameters;
import dev.headwater.head.InputStatistics;
import dev.headwater.head.OnlineLearner;
import dev.headwater.head.TrainingState;
import dev.headwater.learner.release.VersionStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The learner's state, read from and written to {@link LearnerByteStores}.
 *
 * <p>Decoded tensors are cached for as long as this object lives. Whoever owns the stores makes a
 * new one whenever they may have been rolled back.
 */
public final class LearnerStores {
  private static final String LINEAR = "/linear_vote";
  private static final String VOTES = "/votes";
  private static final String CALIBRATION = "/calibration";

  private final ByteStore progress;
  private final ByteStore tensors;
  private final ExampleStore examples;
  private final OutcomeStore answers;
  private final ByteStore scores;
  private final DriftDetectorStore detectors;
  private final VersionStore versions;
  private final Map<String, TrainingState> decoded = new HashMap<>();

  /** Stores with a cache of their own. */
  public LearnerStores(LearnerByteStores<?> bytes) {
    this(bytes, new ExampleCache());
  }

  /**
   * @param cache of examples as they are in these stores
   */
  public LearnerStores(LearnerByteStores<?> bytes, ExampleCache cache) {
    progress = bytes.progress();
    tensors = bytes.tensors();
    examples = new ExampleStore(bytes.examples(), cache);
    answers = new OutcomeStore(bytes.answers());
    scores = bytes.scores();
    detectors = new DriftDetectorStore(bytes.detectors());
    versions = new VersionStore(bytes.versions());
  }

  /** The examples kept for replay, and those that wait for their mini-batch. */
  ExampleStore examples() {
    return examples;
  }

  /** How the head in training answered for the newest labelled images. */
  OutcomeStore answers() {
    return answers;
  }

  /** What watches for drift. */
  DriftDetectorStore detectors() {
    return detectors;
  }

  /** The versions of heads that are kept. */
  public VersionStore versions() {
    return versions;
  }

  /** How good a model's answers were; goes on from its progress, if the scores are still there. */
  ScoreBook scores(String model, ModelState progress) {
    var book = new ScoreBook(model, scores);
    if (progress.earlierScores() != null) {
      book.continueFrom(progress.earlierScores());
    }
    return book;
  }

  public Optional<ModelState> progress(String model) {
    return Optional.ofNullable(progress.get(model)).map(LearnerStores::readProgress);
  }

  public static ModelState readProgress(byte[] json) {
    try {
      var progress = Json.MAPPER.readValue(json, ModelState.class);
      if (!ModelState.isReadable(progress.format())) {
        throw new IllegalStateException(
            "learner state has format %d: this build reads 1 to %d; start the build that wrote it"
                .formatted(progress.format(), ModelState.FORMAT));
      }
      return progress;
    } catch (IOException e) {
      throw new IllegalStateException("learner state is not readable; restore it from Kafka", e);
    }
  }

  void saveProgress(String model, ModelState next) {
    try {
      progress.put(model, Json.MAPPER.writeValueAsBytes(next));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of plain values is always writable as JSON", e);
    }
  }

  /** Returns a model's weights and moments, which must have been saved. */
  public TrainingState training(String model, int steps) {
    return decoded.computeIfAbsent(
        model,
        name ->
            OnlineLearner.adopt(
                new TrainingState(
                    parameters(name + "/weights"),
                    parameters(name + "/first_moment"),
                    parameters(name + "/second_moment"),
                    steps)));
  }

  private HeadParameters parameters(String key) {
    return new HeadParameters(
        FloatCodec.floats(tensors.get(key + "/dense/kernel")),
        FloatCodec.floats(tensors.get(key + "/dense/bias")),
        FloatCodec.floats(tensors.get(key + "/dense_1/kernel")),
        FloatCodec.floats(tensors.get(key + "/dense_1/bias"))[0]);
  }

  void saveTraining(String model, TrainingState state) {
    saveParameters(model + "/weights", state.weights());
    saveParameters(model + "/first_moment", state.firstMoment());
    saveParameters(model + "/second_moment", state.secondMoment());
    decoded.put(model, state);
  }

  private void saveParameters(String key, HeadParameters parameters) {
    tensors.put(key + "/dense/kernel", FloatCodec.bytes(parameters.copyOfKernel()));
    tensors.put(key + "/dense/bias", FloatCodec.bytes(parameters.copyOfBias()));
    tensors.put(key + "/dense_1/kernel", FloatCodec.bytes(parameters.copyOfOutputKernel()));
    tensors.put(key + "/dense_1/bias", FloatCodec.bytes(parameters.outputBias()));
  }

  /** Returns how a model's two halves are blended; empty if an earlier build has trained it. */
  Optional<Ensemble> blend(String model) {
    byte[] linear = tensors.get(model + LINEAR);
    byte[] votes = tensors.get(model + VOTES);
    byte[] calibration = tensors.get(model + CALIBRATION);
    return linear == null || votes == null || calibration == null
        ? Optional.empty()
        : Optional.of(
            new Ensemble(
                EnsembleCodec.readLinear(linear),
                EnsembleCodec.readWindow(votes),
                EnsembleCodec.readCalibration(calibration)));
  }

  /** Saves of a blend what is not as before, and all of it the first time. */
  void saveBlend(String model, Ensemble before, Ensemble next) {
    boolean first = tensors.get(model + LINEAR) == null;
    if (first || next.linear() != before.linear()) {
      tensors.put(model + LINEAR, EnsembleCodec.write(next.linear()));
    }
    if (first || next.votes() != before.votes()) {
      tensors.put(model + VOTES, EnsembleCodec.write(next.votes()));
    }
    if (first || next.calibration() != before.calibration()) {
      tensors.put(model + CALIBRATION, EnsembleCodec.write(next.calibration()));
    }
  }

  /** Returns what was seen of a model's inputs; nothing, if nothing was saved. */
  public InputStatistics statistics(String model, int inputs) {
    byte[] bytes = tensors.get(model + "/inputs");
    if (bytes == null) {
      return InputStatistics.none(inputs);
    }
    var buffer = ByteBuffer.wrap(bytes);
    long count = buffer.getLong();
    var mean = new double[inputs];
    var squares = new double[inputs];
    buffer.asDoubleBuffer().get(mean).get(squares);
    return new InputStatistics(count, mean, squares);
  }

  void saveStatistics(String model, InputStatistics statistics) {
    double[] mean = statistics.copyOfMean();
    var buffer = ByteBuffer.allocate(Long.BYTES + 2 * mean.length * Double.BYTES);
    buffer.putLong(statistics.count());
    buffer.asDoubleBuffer().put(mean).put(statistics.copyOfSquares());
    tensors.put(model + "/inputs", buffer.array());
  }
}
