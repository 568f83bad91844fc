package dev.headwater.head;

import java.util.List;

/** Backpropagation and Adam written out in doubles, to check the library's against. */
final class AdamOracle {
  private final int inputs;
  private final int hidden;
  private final double[] weights;
  private final double[] first;
  private final double[] second;
  private int steps;

  AdamOracle(HeadParameters start) {
    inputs = start.inputs();
    hidden = start.hidden();
    weights = new double[inputs * hidden + 2 * hidden + 1];
    first = new double[weights.length];
    second = new double[weights.length];
    copy(start.copyOfKernel(), 0);
    copy(start.copyOfBias(), inputs * hidden);
    copy(start.copyOfOutputKernel(), inputs * hidden + hidden);
    weights[weights.length - 1] = start.outputBias();
  }

  private void copy(float[] values, int offset) {
    for (int i = 0; i < values.length; i++) {
      weights[offset + i] = values[i];
    }
  }

  double kernel(int index) {
    return weights[index];
  }

  double outputBias() {
    return weights[weights.length - 1];
  }

  void step(List<Example> batch) {
    var gradient = new double[weights.length];
    for (Example example : batch) {
      addGradient(example, gradient, 1.0 / batch.size());
    }
    steps++;
    for (int i = 0; i < weights.length; i++) {
      first[i] = 0.9 * first[i] + 0.1 * gradient[i];
      second[i] = 0.999 * second[i] + 0.001 * gradient[i] * gradient[i];
      double rate = 1e-3 * Math.sqrt(1 - Math.pow(0.999, steps)) / (1 - Math.pow(0.9, steps));
      weights[i] -= rate * first[i] / (Math.sqrt(second[i]) + 1e-7);
    }
  }

  private void addGradient(Example example, double[] gradient, double share) {
    int bias = inputs * hidden;
    int output = bias + hidden;
    var active = new double[hidden];
    double logit = weights[weights.length - 1];
    for (int j = 0; j < hidden; j++) {
      double sum = weights[bias + j];
      for (int i = 0; i < inputs; i++) {
        sum += example.embedding().value(i) * weights[i * hidden + j];
      }
      active[j] = Math.max(0, sum);
      logit += active[j] * weights[output + j];
    }
    double error = share * (1 / (1 + Math.exp(-logit)) - (example.positive() ? 1 : 0));
    gradient[weights.length - 1] += error;
    for (int j = 0; j < hidden; j++) {
      gradient[output + j] += error * active[j];
      double back = active[j] > 0 ? error * weights[output + j] : 0;
      gradient[bias + j] += back;
      for (int i = 0; i < inputs; i++) {
        gradient[i * hidden + j] += back * example.embedding().value(i);
      }
    }
  }
}
