package dev.headwater.head;

import java.util.Arrays;

/**
 * Puts both components of a learner, weighed, into one plain {@code Dense(128, relu) → Dense(1,
 * sigmoid)} head.
 *
 * <p>Of the 128 hidden units the network trained by gradient has 126. Two more carry the linear
 * component, {@code w · x = relu(w · x) - relu(-w · x)}. So whoever scores a snapshot need know
 * nothing of components.
 */
final class HeadAssembly {
  /** Hidden units of the network that is trained by gradient. */
  static final int TRAINED_UNITS = DenseHead.HIDDEN - 2;

  private HeadAssembly() {}

  /**
   * @param network of {@link #TRAINED_UNITS} hidden units, on embeddings as they are
   * @param linear on embeddings as they are
   */
  static DenseHead assemble(DenseHead network, LinearComponent linear, Calibration calibration) {
    var trained = network.parameters();
    int inputs = trained.inputs();
    int all = DenseHead.HIDDEN;
    var kernel = new float[inputs * all];
    float[] weights = linear.weights();
    for (int i = 0; i < inputs; i++) {
      System.arraycopy(trained.kernel(), i * TRAINED_UNITS, kernel, i * all, TRAINED_UNITS);
      kernel[i * all + TRAINED_UNITS] = weights[i];
      kernel[i * all + TRAINED_UNITS + 1] = -weights[i];
    }
    float[] bias = Arrays.copyOf(trained.bias(), all);
    bias[TRAINED_UNITS] = linear.bias();
    bias[TRAINED_UNITS + 1] = -linear.bias();
    float[] output = Arrays.copyOf(trained.outputKernel(), all);
    for (int j = 0; j < TRAINED_UNITS; j++) {
      output[j] *= (float) calibration.neural();
    }
    output[TRAINED_UNITS] = (float) calibration.linear();
    output[TRAINED_UNITS + 1] = -(float) calibration.linear();
    double outputBias = calibration.neural() * trained.outputBias() + calibration.bias();
    return new DenseHead(new HeadParameters(kernel, bias, output, (float) outputBias));
  }
}
