package dev.headwater.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Makes image files for tests, down to single chunks and segments. */
final class TestImages {
  /** 3 x 2 pixels: red, green, blue; (10, 20, 30), (200, 100, 50), white. */
  static final byte[] WEBP_LOSSLESS =
      base64("UklGRjAAAABXRUJQVlA4TCMAAAAvAkAAABAIECIk+l+wISQgZP9HeUUgQCgR4f9N/4MZYLX6AQA=");

  /** The same, with an orientation of 6. */
  static final byte[] WEBP_ROTATED =
      base64(
          "UklGRnYAAABXRUJQVlA4WAoAAAAIAAAAAgAAAQAAVlA4TDYAAAAvAkAAAC9AkG2zQdzr/jLTIJO2yV//dmZtZNI2"
              + "rYf986+y8x9o5JGs+wYEApSx4oFtIvof4wVFWElGGgAAAE1NACoAAAAIAAEBEgADAAAAAQAGAAAAAAAAAA==");

  /** 2 x 1 pixels of (10, 20, 30), the second with an alpha of 51. */
  static final byte[] WEBP_LOSSLESS_ALPHA =
      base64("UklGRiAAAABXRUJQVlA4TBMAAAAvAQAAEA8wFKMwHp9hjkNkRP8DAA==");

  /** 16 x 16 pixels of (201, 60, 30), give or take 1. */
  static final byte[] WEBP_LOSSY =
      base64(
          "UklGRj4AAABXRUJQVlA4IDIAAADQAQCdASoQABAAAMASJaACdLoB+AADsAD+8ql//bs/rs/rs/7tv/62D+tg/rYP"
              + "/rQAAA==");

  /** The same, with an alpha of 102 in the right half. */
  static final byte[] WEBP_LOSSY_ALPHA =
      base64(
          "UklGRmwAAABXRUJQVlA4WAoAAAAQAAAADwAADwAAQUxQSBMAAAABD/Cz/4iIIBZM5i/dnUFE/0MXAFZQOCAyAAAA"
              + "0AEAnQEqEAAQAADAEiWgAnS6AfgAA7AA/vKpf/27P67P67P+7b/+tg/rYP62D/60AAA=");

  /** Two frames of 4 x 4 pixels, the first all red. */
  static final byte[] WEBP_ANIMATED =
      base64(
          "UklGRoQAAABXRUJQVlA4WAoAAAACAAAAAwAAAwAAQU5JTQYAAAAAAAAAAABBTk1GKAAAAAAAAAAAAAMAAAMAAGQA"
              + "AAJWUDhMDwAAAC8DwAAABxD9j/4HIqL/AQBBTk1GKAAAAAEAAAEAAAAAAAAAAGQAAABWUDhMDwAAAC8AAAAABxDR"
              + "//4HIqL/AQA=");

  private static final byte[] PNG_SIGNATURE = "\u0089PNG\r\n\u001a\n".getBytes(ISO_8859_1);

  private TestImages() {}

  private static byte[] base64(String text) {
    return Base64.getDecoder().decode(text);
  }

  /** Returns a picture with smooth and busy parts. */
  static BufferedImage picture(int width, int height, int type) {
    var image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int red = 255 * x / width;
        int green = 255 * y / height;
        int blue = (x * y * 7) & 0xff;
        image.setRGB(x, y, 0xff000000 | red << 16 | green << 8 | blue);
      }
    }
    return image;
  }

  static byte[] write(BufferedImage image, String format) throws IOException {
    var out = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, out)) {
      throw new IOException("no writer for " + format + " takes this image");
    }
    return out.toByteArray();
  }

  static byte[] progressiveJpeg(BufferedImage image) throws IOException {
    ImageWriter writer = jdkJpegWriter();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    return write(writer, new IIOImage(image, null, null), param);
  }

  /** Returns a flat 16 x 16 JPEG whose samples are stored as given, without any colour marker. */
  static byte[] flatJpeg(int... samples) throws IOException {
    byte[] values = new byte[16 * 16 * samples.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) samples[i % samples.length];
    }
    int[] offsets = new int[samples.length];
    Arrays.setAll(offsets, i -> i);
    Raster raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(values, values.length),
            16,
            16,
            16 * samples.length,
            samples.length,
            offsets,
            new Point());
    ImageWriter writer = jdkJpegWriter();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    param.setCompressionQuality(1);
    return write(writer, new IIOImage(raster, null, null), param);
  }

  private static ImageWriter jdkJpegWriter() {
    return ImageIO.getImageWritersByFormatName("jpeg").next();
  }

  private static byte[] write(ImageWriter writer, IIOImage image, ImageWriteParam param)
      throws IOException {
    var out = new ByteArrayOutputStream();
    try (var stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, image, param);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** Returns the JPEG with one more segment, right after its start mark. */
  static byte[] withSegment(byte[] jpeg, int marker, byte[] payload) {
    return ByteBuffer.allocate(jpeg.length + 4 + payload.length)
        .put(jpeg, 0, 2)
        .put((byte) 0xff)
        .put((byte) marker)
        .putShort((short) (payload.length + 2))
        .put(payload)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  /** Returns the JPEG with Adobe's mark: 0 for RGB or CMYK, 1 for YCbCr, 2 for YCCK. */
  static byte[] withAdobe(byte[] jpeg, int transform) {
    byte[] payload = "Adobe\0d\0\0\0\0\0".getBytes(ISO_8859_1);
    payload[11] = (byte) transform;
    return withSegment(jpeg, 0xee, payload);
  }

  /** Returns a TIFF block whose first directory holds an orientation. */
  static byte[] exif(int orientation, boolean littleEndian) {
    var order = littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    return ByteBuffer.allocate(26)
        .order(order)
        .put((littleEndian ? "II" : "MM").getBytes(ISO_8859_1))
        .putShort((short) 42)
        .putInt(8)
        .putShort((short) 1)
        .putShort((short) 0x0112)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) orientation)
        .array();
  }

  /** Returns a PNG from its header's fields, unfiltered rows and further chunks before the data. */
  static byte[] png(
      int width, int height, int bits, int colourType, byte[][] rows, byte[]... chunks)
      throws IOException {
    var pixels = new ByteArrayOutputStream();
    for (byte[] row : rows) {
      pixels.write(0);
      pixels.writeBytes(row);
    }
    var out = new ByteArrayOutputStream();
    out.writeBytes(PNG_SIGNATURE);
    out.writeBytes(pngHeader(width, height, bits, colourType));
    for (byte[] chunk : chunks) {
      out.writeBytes(chunk);
    }
    out.writeBytes(pngChunk("IDAT", deflate(new ByteArrayInputStream(pixels.toByteArray()))));
    out.writeBytes(pngChunk("IEND", new byte[0]));
    return out.toByteArray();
  }

  /** Returns a file that is a PNG's signature and header, and no more. */
  static byte[] pngHeaderOnly(int width, int height) {
    byte[] header = pngHeader(width, height, 8, 2);
    return ByteBuffer.allocate(8 + header.length).put(PNG_SIGNATURE).put(header).array();
  }

  private static byte[] pngHeader(int width, int height, int bits, int colourType) {
    return pngChunk(
        "IHDR",
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put((byte) bits)
            .put((byte) colourType)
            .array());
  }

  static byte[] pngChunk(String type, byte[] data) {
    var chunk = ByteBuffer.allocate(data.length + 12);
    chunk.putInt(data.length).put(type.getBytes(ISO_8859_1)).put(data);
    var checksum = new CRC32();
    checksum.update(chunk.array(), 4, data.length + 4);
    return chunk.putInt((int) checksum.getValue()).array();
  }

  /** Returns a PNG colour profile chunk. */
  static byte[] pngProfile(InputStream profile) throws IOException {
    var data = new ByteArrayOutputStream();
    data.writeBytes("profile\0\0".getBytes(ISO_8859_1));
    data.writeBytes(deflate(profile));
    return pngChunk("iCCP", data.toByteArray());
  }

  private static byte[] deflate(InputStream data) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(out)) {
      data.transferTo(deflater);
    }
    return out.toByteArray();
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
