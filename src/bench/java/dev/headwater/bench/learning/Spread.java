package dev.headwater.bench.learning;

import java.util.List;
import java.util.Locale;

/**
 * A figure over several seeds.
 *
 * @param mean its mean
 * @param sd its sample standard deviation; 0 for one seed
 * @param values the figure of each seed
 */
record Spread(double mean, double sd, List<Double> values) {

  static Spread of(List<Double> values) {
    double mean = values.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    double sd = values.size() < 2 ? 0 : Math.sqrt(squares / (values.size() - 1));
    return new Spread(mean, sd, List.copyOf(values));
  }

  String withDeviation() {
    return String.format(Locale.ROOT, "%.3f ± %.3f", mean, sd);
  }

  String alone() {
    return String.format(Locale.ROOT, "%.3f", mean);
  }
}
