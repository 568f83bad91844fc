package dev.headwater.backbone;

import java.util.List;

/**
 * A dense array of 32-bit floats in row-major order, with its shape; it never changes.
 *
 * <p>{@code Tensor.copyOf(List.of(3, 3, 32, 1), values)} holds {@code 3 * 3 * 32} values.
 */
final class Tensor {
  private final List<Integer> shape;
  private final float[] values;

  private Tensor(List<Integer> shape, float[] values) {
    long expected = 1;
    for (int dimension : shape) {
      expected = Math.multiplyExact(expected, (long) dimension);
    }
    if (values.length != expected) {
      throw new IllegalArgumentException(
          "%d values for a tensor of shape %s, expected %d"
              .formatted(values.length, shape, expected));
    }
    this.shape = List.copyOf(shape);
    this.values = values;
  }

  /** Returns a tensor that holds a copy of {@code values}. */
  static Tensor copyOf(List<Integer> shape, float[] values) {
    return wrap(shape, values.clone());
  }

  /** Returns a tensor backed by {@code values} itself: the caller must not write to it any more. */
  static Tensor wrap(List<Integer> shape, float[] values) {
    return new Tensor(shape, values);
  }

  /** Dimensions, outermost first. */
  List<Integer> shape() {
    return shape;
  }

  int size() {
    return values.length;
  }

  float value(int index) {
    return values[index];
  }

  float[] toArray() {
    return values.clone();
  }

  /** The values themselves, for this package's loops over millions of them: never written to. */
  float[] values() {
    return values;
  }

  @Override
  public String toString() {
    return "Tensor" + shape;
  }
}
