package dev.headwater.image;

import static dev.headwater.image.FileParts.join;
import static dev.headwater.image.FileParts.text;

import java.nio.ByteBuffer;

/** Makes ICC profiles that no editor would. */
final class IccProfiles {
  private static final int HEADER_BYTES = 128;
  private static final int CHANNELS = 3;

  private IccProfiles() {}

  /** Returns a valid RGB profile that multiplies every colour by {@code steps} matrices. */
  static byte[] elementChain(int steps) {
    int table = 16 + 8 * steps;
    byte[] matrix = matrix();
    var chain = ByteBuffer.allocate(table + matrix.length);
    chain.put(text("mpet\0\0\0\0")).putShort((short) CHANNELS).putShort((short) CHANNELS);
    chain.putInt(steps);
    for (int i = 0; i < steps; i++) {
      chain.putInt(table).putInt(matrix.length);
    }
    return profile("D2B0", chain.put(matrix).array());
  }

  private static byte[] matrix() {
    var matrix = ByteBuffer.allocate(12 + 4 * (CHANNELS * CHANNELS + CHANNELS));
    matrix.put(text("matf\0\0\0\0")).putShort((short) CHANNELS).putShort((short) CHANNELS);
    for (int row = 0; row < CHANNELS; row++) {
      for (int column = 0; column < CHANNELS; column++) {
        matrix.putFloat(row == column ? 0.999f : 0.001f);
      }
    }
    return matrix.array();
  }

  private static byte[] profile(String tag, byte[] data) {
    int offset = HEADER_BYTES + 4 + 12;
    var header = ByteBuffer.allocate(HEADER_BYTES);
    header.putInt(0, offset + data.length);
    header.put(8, new byte[] {4, 0x40});
    header.put(12, text("mntrRGB XYZ "));
    header.put(36, text("acsp"));
    header.putInt(68, 0xf6d6).putInt(72, 0x10000).putInt(76, 0xd32d); // the D50 illuminant
    var tags = ByteBuffer.allocate(16).putInt(1).put(text(tag)).putInt(offset).putInt(data.length);
    return join(header.array(), tags.array(), data);
  }
}
