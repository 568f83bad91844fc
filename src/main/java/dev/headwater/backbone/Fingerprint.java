package dev.headwater.backbone;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over what an embedding depends on: the weights (each tensor's rank and dimensions as
 * 32-bit, its values as 32-bit floats, little-endian, in canonical order), the preprocessing and
 * the precision. Engine, file names and layer names do not enter.
 */
final class Fingerprint {
  private Fingerprint() {}

  /** Returns 64 lower-case hex digits. */
  static String of(KerasWeights weights, Preprocessing preprocessing, String precision) {
    MessageDigest digest = sha256();
    String head = MobileNetV2Architecture.NAME + "\n" + precision + "\n";
    digest.update(head.getBytes(StandardCharsets.UTF_8));
    digest.update(
        littleEndian(2 * Float.BYTES)
            .putFloat(preprocessing.scale())
            .putFloat(preprocessing.offset())
            .flip());
    weights.tensors().forEach(tensor -> digest.update(bytes(tensor)));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static ByteBuffer bytes(Tensor tensor) {
    ByteBuffer buffer =
        littleEndian((1 + tensor.shape().size()) * Integer.BYTES + tensor.size() * Float.BYTES);
    buffer.putInt(tensor.shape().size());
    tensor.shape().forEach(buffer::putInt);
    for (float value : tensor.values()) {
      buffer.putFloat(value);
    }
    return buffer.flip();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
