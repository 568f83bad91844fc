package dev.headwater.learner.model;

import dev.headwater.backbone.Embedding;
import java.nio.ByteBuffer;

/** Moves floats in and out of byte buffers in bulk. */
public final class FloatCodec {
  private FloatCodec() {}

  public static void put(ByteBuffer target, float[] values) {
    target.asFloatBuffer().put(values);
    target.position(target.position() + values.length * Float.BYTES);
  }

  public static void put(ByteBuffer target, Embedding embedding) {
    put(target, embedding.toArray());
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
}
