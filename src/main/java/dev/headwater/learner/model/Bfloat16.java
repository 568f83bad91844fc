package dev.headwater.learner.model;

import java.nio.ByteBuffer;

/**
 * Numbers of 16 bits: the upper half of a 32-bit float, with its range and 8 bits of precision
 * (bfloat16, Google Brain). Rounding to the nearest, ties to even, errs by at most 1 part in 256.
 */
public final class Bfloat16 {
  private static final int ROUNDING = 0x7FFF;

  private Bfloat16() {}

  /** Returns the nearest number of 16 bits; finite for a finite value below 3.3e38. */
  public static short of(float value) {
    int bits = Float.floatToRawIntBits(value);
    return (short) ((bits + ROUNDING + (bits >>> 16 & 1)) >>> 16);
  }

  public static float toFloat(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  public static void put(ByteBuffer target, float[] values) {
    for (float value : values) {
      target.putShort(of(value));
    }
  }

  public static float[] get(ByteBuffer source, int count) {
    var values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = toFloat(source.getShort());
    }
    return values;
  }
}
