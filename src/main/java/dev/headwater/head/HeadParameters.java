package dev.headwater.head;

import java.util.Arrays;

/**
 * One float for each trainable parameter of a {@code Dense(hidden, relu) → Dense(1, sigmoid)} head,
 * in Keras' layout.
 *
 * <p>It holds weights, and as well whatever an optimiser keeps beside each weight. Arrays handed in
 * are copied; a method named {@code copyOf…} returns a copy.
 */
public final class HeadParameters {
  private final int inputs;
  private final int hidden;
  private final float[] kernel;
  private final float[] bias;
  private final float[] outputKernel;
  private final float outputBias;

  /**
   * @param kernel of the hidden layer, shape [inputs, hidden], row by row
   * @param bias of the hidden layer, shape [hidden]
   * @param outputKernel of the output layer, shape [hidden, 1]
   * @param outputBias of the output layer
   * @throws IllegalArgumentException if a length does not fit or a value is not finite
   */
  public HeadParameters(float[] kernel, float[] bias, float[] outputKernel, float outputBias) {
    this.hidden = bias.length;
    if (hidden == 0 || kernel.length == 0 || kernel.length % hidden != 0) {
      throw new IllegalArgumentException(
          "dense/kernel has %d values and dense/bias %d: expected inputs x hidden and hidden"
              .formatted(kernel.length, hidden));
    }
    if (outputKernel.length != hidden) {
      throw new IllegalArgumentException(
          "dense_1/kernel has %d values, expected %d as dense/bias has"
              .formatted(outputKernel.length, hidden));
    }
    this.inputs = kernel.length / hidden;
    this.kernel = finite("dense/kernel", kernel);
    this.bias = finite("dense/bias", bias);
    this.outputKernel = finite("dense_1/kernel", outputKernel);
    this.outputBias = finite("dense_1/bias", new float[] {outputBias})[0];
  }

  /** Returns parameters that are all zero. */
  public static HeadParameters zeros(int inputs, int hidden) {
    return new HeadParameters(new float[inputs * hidden], new float[hidden], new float[hidden], 0f);
  }

  private static float[] finite(String name, float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "%s[%d] is %s, expected a finite number".formatted(name, i, values[i]));
      }
    }
    return values.clone();
  }

  public int inputs() {
    return inputs;
  }

  public int hidden() {
    return hidden;
  }

  /** Returns {@code dense/kernel}, shape [inputs, hidden], row by row. */
  public float[] copyOfKernel() {
    return kernel.clone();
  }

  /** Returns {@code dense/bias}, shape [hidden]. */
  public float[] copyOfBias() {
    return bias.clone();
  }

  /** Returns {@code dense_1/kernel}, shape [hidden, 1]. */
  public float[] copyOfOutputKernel() {
    return outputKernel.clone();
  }

  /** Returns the one value of {@code dense_1/bias}. */
  public float outputBias() {
    return outputBias;
  }

  /** The kernel itself, for the scoring and training loops of this package, which only read it. */
  float[] kernel() {
    return kernel;
  }

  /** The bias itself; see {@link #kernel()}. */
  float[] bias() {
    return bias;
  }

  /** The output kernel itself; see {@link #kernel()}. */
  float[] outputKernel() {
    return outputKernel;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HeadParameters that
        && Arrays.equals(kernel, that.kernel)
        && Arrays.equals(bias, that.bias)
        && Arrays.equals(outputKernel, that.outputKernel)
        && Float.floatToIntBits(outputBias) == Float.floatToIntBits(that.outputBias);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(kernel) * 31 + Float.hashCode(outputBias);
  }

  @Override
  public String toString() {
    return "HeadParameters[%d -> %d -> 1]".formatted(inputs, hidden);
  }
}
