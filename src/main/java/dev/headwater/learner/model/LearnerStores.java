package dev.headwater.learner.model;

import dev.headwater.head.Ensemble;
import dev.headwater.head.HeadParameters;
import dev.headwater.head.InputStatistics;
import dev.headwater.head.TrainingState;
import java.nio.ByteBuffer;
import java.util.Optional;

/** One model's state, read from and written to {@link LearnerByteStores}. */
public final class LearnerStores {
  private final String model;
  private final LearnerByteStores<?> bytes;
  private final ExampleStore examples;
  private final OutcomeStore outcomes;

  /**
   * @param cache of examples as they are in these stores
   */
  public LearnerStores(String model, LearnerByteStores<?> bytes, ExampleStore.Cache cache) {
    this.model = model;
    this.bytes = bytes;
    examples = new ExampleStore(model, bytes.examples(), cache);
    outcomes = new OutcomeStore(model, bytes.answers());
  }

  public String model() {
    return model;
  }

  /** The examples kept for replay, and those that wait for their mini-batch. */
  ExampleStore examples() {
    return examples;
  }

  /** How the newest labelled images were predicted. */
  OutcomeStore outcomes() {
    return outcomes;
  }

  /** Where versions of heads are kept, and what they are compared on. */
  public ByteStore versions() {
    return bytes.versions();
  }

  /** Where detectors of drift are kept. */
  ByteStore detectors() {
    return bytes.detectors();
  }

  /** Where scores are kept. */
  ByteStore scores() {
    return bytes.scores();
  }

  /** Returns the small part of the state; empty if nothing was saved. */
  public Optional<ModelState> state() {
    return Optional.ofNullable(bytes.progress().get(model)).map(ModelState::read);
  }

  void save(ModelState next) {
    bytes.progress().put(model, next.write());
  }

  /** Returns weights and moments, which must have been saved. */
  TrainingState training(int steps) {
    return new TrainingState(
        parameters("/weights"), parameters("/first_moment"), parameters("/second_moment"), steps);
  }

  private HeadParameters parameters(String key) {
    return new HeadParameters(
        FloatCodec.floats(tensor(key + "/dense/kernel")),
        FloatCodec.floats(tensor(key + "/dense/bias")),
        FloatCodec.floats(tensor(key + "/dense_1/kernel")),
        FloatCodec.floats(tensor(key + "/dense_1/bias"))[0]);
  }

  void save(TrainingState state) {
    save("/weights", state.weights());
    save("/first_moment", state.firstMoment());
    save("/second_moment", state.secondMoment());
  }

  private void save(String key, HeadParameters parameters) {
    putTensor(key + "/dense/kernel", FloatCodec.bytes(parameters.copyOfKernel()));
    putTensor(key + "/dense/bias", FloatCodec.bytes(parameters.copyOfBias()));
    putTensor(key + "/dense_1/kernel", FloatCodec.bytes(parameters.copyOfOutputKernel()));
    putTensor(key + "/dense_1/bias", FloatCodec.bytes(parameters.outputBias()));
  }

  private byte[] tensor(String key) {
    return bytes.tensors().get(model + key);
  }

  private void putTensor(String key, byte[] value) {
    bytes.tensors().put(model + key, value);
  }

  /** Returns the ensemble, which must have been saved. */
  Ensemble ensemble() {
    return new Ensemble(
        EnsembleCodec.readLinear(tensor("/linear")),
        EnsembleCodec.readWindow(tensor("/base_scores")),
        EnsembleCodec.readCalibration(tensor("/calibration")));
  }

  /** Saves of an ensemble what is not as it was saved last, which is null the first time. */
  void save(Ensemble saved, Ensemble next) {
    if (saved == null || next.linear() != saved.linear()) {
      putTensor("/linear", EnsembleCodec.write(next.linear()));
    }
    if (saved == null || next.scores() != saved.scores()) {
      putTensor("/base_scores", EnsembleCodec.write(next.scores()));
    }
    if (saved == null || next.calibration() != saved.calibration()) {
      putTensor("/calibration", EnsembleCodec.write(next.calibration()));
    }
  }

  /** Returns what was seen of a model's inputs, which must have been saved. */
  InputStatistics statistics(int inputs) {
    var buffer = ByteBuffer.wrap(tensor("/inputs"));
    long count = buffer.getLong();
    var mean = new double[inputs];
    var squares = new double[inputs];
    buffer.asDoubleBuffer().get(mean).get(squares);
    return new InputStatistics(count, mean, squares);
  }

  void save(InputStatistics statistics) {
    double[] mean = statistics.copyOfMean();
    var buffer = ByteBuffer.allocate(Long.BYTES + 2 * mean.length * Double.BYTES);
    buffer.putLong(statistics.count());
    buffer.asDoubleBuffer().put(mean).put(statistics.copyOfSquares());
    putTensor("/inputs", buffer.array());
  }
}
