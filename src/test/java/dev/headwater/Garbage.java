package dev.headwater;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** What should not be on the images topic, by name, and the code that each is refused with. */
final class Garbage {
  private Garbage() {}

  static Map<String, byte[]> all() {
    var garbage = new LinkedHashMap<String, byte[]>();
    byte[] jpeg = image("jpeg");
    garbage.put("text", "hello, world".getBytes(UTF_8));
    garbage.put("empty", new byte[0]);
    garbage.put("half-jpeg", Arrays.copyOf(jpeg, jpeg.length / 2));
    garbage.put("huge-png", pngHeader(60_000, 60_000));
    garbage.put("json", "{\"id\": \"json\"}".getBytes(UTF_8));
    return garbage;
  }

  static Map<String, String> codes() {
    return Map.of(
        "text", "IMAGE_FORMAT_UNKNOWN",
        "empty", "EVENT_EMPTY",
        "half-jpeg", "IMAGE_TRUNCATED",
        "huge-png", "IMAGE_TOO_MANY_PIXELS",
        "json", "EVENT_WITHOUT_IMAGE");
  }

  static byte[] goodImage() {
    return image("png");
  }

  private static byte[] image(String format) {
    var image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, i * 7_919);
    }
    var out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Returns a file that says it has 8-bit RGB pixels, and has none. */
  private static byte[] pngHeader(int width, int height) {
    var chunk = ByteBuffer.allocate(17).put("IHDR".getBytes(US_ASCII));
    chunk.putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
    var crc = new CRC32();
    crc.update(chunk.array());
    return ByteBuffer.allocate(33)
        .putLong(0x89504E470D0A1A0AL)
        .putInt(13)
        .put(chunk.array())
        .putInt((int) crc.getValue())
        .array();
  }
}
