package dev.headwater.backbone;

import java.util.Arrays;

/** The embedding of one image: a vector of finite floats (1280 for MobileNetV2). */
public final class Embedding {
  private final float[] values;

  private Embedding(float[] values) {
    this.values = values;
  }

  /**
   * Returns an embedding that holds a copy of {@code values}.
   *
   * @throws IllegalArgumentException if it is empty or a value is not finite
   */
  public static Embedding copyOf(float[] values) {
    return wrap(values.clone());
  }

  /**
   * Returns an embedding backed by {@code values} itself: the caller must not write to it any more.
   *
   * @throws IllegalArgumentException if it is empty or a value is not finite
   */
  public static Embedding wrap(float[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("an embedding has at least one value, found none");
    }
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "embedding[%d] is %s, expected a finite number".formatted(i, values[i]));
      }
    }
    return new Embedding(values);
  }

  public int size() {
    return values.length;
  }

  public float value(int index) {
    return values[index];
  }

  public float[] toArray() {
    return values.clone();
  }

  /** Copies all values to {@code target} from position {@code offset} on. */
  public void copyTo(float[] target, int offset) {
    System.arraycopy(values, 0, target, offset, values.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Embedding that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Embedding[" + values.length + "]";
  }
}
