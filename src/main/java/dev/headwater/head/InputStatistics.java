package dev.headwater.head;

import dev.headwater.backbone.Embedding;

/**
 * Running mean and variance of each input of the head (Welford 1962), over all embeddings of a
 * model, labelled or not.
 *
 * <p>The head is trained on standardised inputs, {@code (x - mean) / sqrt(variance + 0.01)}; a
 * snapshot folds that into its kernel and bias, so that whoever scores with it need not know.
 */
public final class InputStatistics {
  /** Keeps an input that hardly varies from being blown up. */
  private static final double VARIANCE_FLOOR = 1e-2;

  private final long count;
  private final double[] mean;
  private final double[] squares;

  /**
   * @param count embeddings seen
   * @param mean of each input
   * @param squares summed squared distance of each input from its mean
   */
  public InputStatistics(long count, double[] mean, double[] squares) {
    this.count = count;
    this.mean = mean.clone();
    this.squares = squares.clone();
    if (mean.length != squares.length) {
      throw new IllegalArgumentException(
          "%d means and %d sums of squares, expected equally many"
              .formatted(mean.length, squares.length));
    }
  }

  /** Returns statistics of no embedding yet. */
  public static InputStatistics none(int inputs) {
    return new InputStatistics(0, new double[inputs], new double[inputs]);
  }

  /** Returns these statistics with one embedding more. */
  public InputStatistics plus(Embedding embedding) {
    requireSize(embedding.size());
    var nextMean = mean.clone();
    var nextSquares = squares.clone();
    long nextCount = count + 1;
    for (int i = 0; i < nextMean.length; i++) {
      double distance = embedding.value(i) - nextMean[i];
      nextMean[i] += distance / nextCount;
      nextSquares[i] += distance * (embedding.value(i) - nextMean[i]);
    }
    return new InputStatistics(nextCount, nextMean, nextSquares);
  }

  /** Returns the embedding as the head in training sees it. */
  public Embedding standardise(Embedding embedding) {
    requireSize(embedding.size());
    var values = new float[mean.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((embedding.value(i) - mean[i]) / scale(i));
    }
    return Embedding.wrap(values);
  }

  /** Returns the head that gives for an embedding what this one gives for the standardised one. */
  public DenseHead fold(DenseHead head) {
    var parameters = head.parameters();
    requireSize(parameters.inputs());
    int hidden = parameters.hidden();
    float[] kernel = parameters.copyOfKernel();
    float[] bias = parameters.copyOfBias();
    var shift = new double[hidden];
    for (int i = 0; i < mean.length; i++) {
      double scale = scale(i);
      for (int j = 0; j < hidden; j++) {
        double weight = kernel[i * hidden + j] / scale;
        shift[j] += weight * mean[i];
        kernel[i * hidden + j] = (float) weight;
      }
    }
    for (int j = 0; j < hidden; j++) {
      bias[j] -= (float) shift[j];
    }
    return new DenseHead(
        new HeadParameters(kernel, bias, parameters.copyOfOutputKernel(), parameters.outputBias()));
  }

  /** Returns what each input is divided by: its standard deviation, kept away from 0. */
  double[] scales() {
    var scales = new double[mean.length];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = scale(i);
    }
    return scales;
  }

  private double scale(int input) {
    return Math.sqrt(squares[input] / Math.max(1, count - 1) + VARIANCE_FLOOR);
  }

  private void requireSize(int size) {
    if (size != mean.length) {
      throw new IllegalArgumentException(
          "%d inputs, these statistics are of %d".formatted(size, mean.length));
    }
  }

  public long count() {
    return count;
  }

  public double[] copyOfMean() {
    return mean.clone();
  }

  public double[] copyOfSquares() {
    return squares.clone();
  }
}
