package dev.headwater.head;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Converts between {@link HeadParameters} and Deeplearning4j's one long row of parameters.
 *
 * <p>Deeplearning4j lays a dense kernel out column by column (Fortran order), then its bias, layer
 * after layer; Keras' kernels are row by row.
 */
final class FlatParameters {
  private FlatParameters() {}

  /** Returns a row vector, shape [1, count]. */
  static INDArray flatten(HeadParameters parameters) {
    int inputs = parameters.inputs();
    int hidden = parameters.hidden();
    float[] kernel = parameters.kernel();
    var flat = new float[inputs * hidden + hidden + hidden + 1];
    for (int i = 0; i < inputs; i++) {
      for (int j = 0; j < hidden; j++) {
        flat[j * inputs + i] = kernel[i * hidden + j];
      }
    }
    System.arraycopy(parameters.bias(), 0, flat, inputs * hidden, hidden);
    System.arraycopy(parameters.outputKernel(), 0, flat, inputs * hidden + hidden, hidden);
    flat[flat.length - 1] = parameters.outputBias();
    return Nd4j.createFromArray(flat).reshape('c', 1, flat.length);
  }

  /** Returns the parameters that begin at {@code offset} of {@code flat}. */
  static HeadParameters unflatten(float[] flat, int offset, int inputs, int hidden) {
    var kernel = new float[inputs * hidden];
    for (int j = 0; j < hidden; j++) {
      int column = offset + j * inputs;
      for (int i = 0; i < inputs; i++) {
        kernel[i * hidden + j] = flat[column + i];
      }
    }
    int rest = offset + inputs * hidden;
    var bias = new float[hidden];
    var outputKernel = new float[hidden];
    System.arraycopy(flat, rest, bias, 0, hidden);
    System.arraycopy(flat, rest + hidden, outputKernel, 0, hidden);
    return new HeadParameters(kernel, bias, outputKernel, flat[rest + 2 * hidden]);
  }
}
