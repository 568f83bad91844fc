package dev.headwater.bench.learning;

import dev.headwater.backbone.Embedding;
import java.util.List;

/** Shifts and scales each input to mean 0 and, but for inputs that hardly vary, variance 1. */
final class Standardiser {
  /** As in the service: keeps an input that hardly varies from being blown up. */
  private static final double VARIANCE_FLOOR = 1e-2;

  private final double[] mean;
  private final double[] scale;

  private Standardiser(double[] mean, double[] scale) {
    this.mean = mean;
    this.scale = scale;
  }

  /** Takes means and variances from these items. */
  static Standardiser of(List<StreamItem> items) {
    int inputs = items.get(0).embedding().size();
    var mean = new double[inputs];
    var scale = new double[inputs];
    for (StreamItem item : items) {
      for (int i = 0; i < inputs; i++) {
        mean[i] += item.embedding().value(i) / items.size();
      }
    }
    for (StreamItem item : items) {
      for (int i = 0; i < inputs; i++) {
        double distance = item.embedding().value(i) - mean[i];
        scale[i] += distance * distance / items.size();
      }
    }
    for (int i = 0; i < inputs; i++) {
      scale[i] = Math.sqrt(scale[i] + VARIANCE_FLOOR);
    }
    return new Standardiser(mean, scale);
  }

  Embedding apply(Embedding embedding) {
    var values = new float[mean.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((embedding.value(i) - mean[i]) / scale[i]);
    }
    return Embedding.wrap(values);
  }
}
