package dev.headwater.learner.model;

import dev.headwater.backbone.Embedding;
import java.nio.ByteBuffer;

/**
 * Moves floats in and out of byte buffers, in 32 bits or in 16: the upper half of a float, with its
 * range and 8 bits of precision (bfloat16, Google Brain). Rounding to the nearest, ties to even,
 * errs by at most 1 part in 256.
 */
public final class FloatCodec {
  private static final int ROUNDING = 0x7FFF;

  private FloatCodec() {}

  public static void put(ByteBuffer target, Embedding embedding) {
    float[] values = embedding.toArray();
    target.asFloatBuffer().put(values);
    target.position(target.position() + values.length * Float.BYTES);
  }

  public static float[] get(ByteBuffer source, int count) {
    var values = new float[count];
    source.asFloatBuffer().get(values);
    source.position(source.position() + count * Float.BYTES);
    return values;
  }

  static byte[] bytes(float... values) {
    var buffer = ByteBuffer.allocate(values.length * Float.BYTES);
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }

  static float[] floats(byte[] bytes) {
    return get(ByteBuffer.wrap(bytes), bytes.length / Float.BYTES);
  }

  /** Returns the nearest number of 16 bits; finite for a finite value below 3.3e38. */
  public static short toBfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    return (short) ((bits + ROUNDING + (bits >>> 16 & 1)) >>> 16);
  }

  public static float ofBfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  public static void putBfloat16(ByteBuffer target, float[] values) {
    for (float value : values) {
      target.putShort(toBfloat16(value));
    }
  }

  public static float[] getBfloat16(ByteBuffer source, int count) {
    var values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = ofBfloat16(source.getShort());
    }
    return values;
  }
}
