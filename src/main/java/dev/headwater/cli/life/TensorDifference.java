package dev.headwater.cli.life;

import dev.headwater.head.HeadParameters;
import java.util.List;
import java.util.Optional;

/**
 * How one tensor of a head differs from the same of another.
 *
 * @param name as in the file
 * @param cosine of the angle between both, from -1 to 1; empty if one is all zero or they are of
 *     different sizes
 * @param relativeL2 length of the difference, as a share of the first one's length; empty where
 *     that is zero or they are of different sizes
 */
record TensorDifference(String name, Optional<Double> cosine, Optional<Double> relativeL2) {
  /** The differences of all four tensors, in the file's order. */
  static List<TensorDifference> between(HeadParameters first, HeadParameters second) {
    return List.of(
        of("dense/kernel", first.copyOfKernel(), second.copyOfKernel()),
        of("dense/bias", first.copyOfBias(), second.copyOfBias()),
        of("dense_1/kernel", first.copyOfOutputKernel(), second.copyOfOutputKernel()),
        of("dense_1/bias", new float[] {first.outputBias()}, new float[] {second.outputBias()}));
  }

  static TensorDifference of(String name, float[] first, float[] second) {
    if (first.length != second.length) {
      return new TensorDifference(name, Optional.empty(), Optional.empty());
    }
    double product = 0;
    double firstSquare = 0;
    double secondSquare = 0;
    double square = 0;
    for (int i = 0; i < first.length; i++) {
      double a = first[i];
      double b = second[i];
      product += a * b;
      firstSquare += a * a;
      secondSquare += b * b;
      square += (a - b) * (a - b);
    }
    double lengths = Math.sqrt(firstSquare) * Math.sqrt(secondSquare);
    return new TensorDifference(
        name,
        lengths > 0 ? Optional.of(Math.max(-1, Math.min(1, product / lengths))) : Optional.empty(),
        firstSquare > 0 ? Optional.of(Math.sqrt(square / firstSquare)) : Optional.empty());
  }
}
