package dev.headwater.image;

import static dev.headwater.image.TestImages.bytes;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ImageDecoderColourTest {
  private static final int GRAY = 0;
  private static final int RGB = 2;
  private static final int PALETTE = 3;
  private static final int GRAY_ALPHA = 4;
  private static final int RGBA = 6;

  @Test
  void shouldKeepTheMeanOfGrayImages() throws Exception {
    var image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 256; i++) {
      image.getRaster().setSample(i % 16, i / 16, 0, 72 + i % 2);
    }

    for (String format : new String[] {"png", "bmp", "gif"}) {
      Pixels pixels = decode(TestImages.write(image, format), 16, 16);

      assertThat(mean(pixels)).as(format).isEqualTo(72.5);
    }
    assertThat(mean(decode(TestImages.flatJpeg(72), 16, 16))).as("jpeg").isEqualTo(72);
  }

  @Test
  void shouldDecodeEveryRgbFormatToTheSamePixels() throws Exception {
    var image = TestImages.picture(20, 10, BufferedImage.TYPE_INT_RGB);

    for (String format : new String[] {"png", "bmp"}) {
      assertSame(decode(TestImages.write(image, format), 20, 10), image);
    }
  }

  @Test
  void shouldDecodeJpegLikeTheJdk() throws Exception {
    var image = TestImages.picture(50, 40, BufferedImage.TYPE_INT_RGB);
    byte[] baseline = TestImages.write(image, "jpg");

    var expected = ImageIO.read(new ByteArrayInputStream(baseline));

    assertSame(decode(baseline, 50, 40), expected);
  }

  @Test
  void shouldExpandPalettesAndPackedGray() throws Exception {
    var palette = new IndexColorModel(4, 3, bytes(255, 0, 9), bytes(0, 200, 8), bytes(100, 0, 7));
    var image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
    image.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 1, 2});

    for (String format : new String[] {"png", "gif"}) {
      assertRow(decode(TestImages.write(image, format), 3, 1), 255, 0, 100, 0, 200, 0, 9, 8, 7);
    }
    var indexed = TestImages.picture(30, 20, BufferedImage.TYPE_BYTE_INDEXED);
    assertSame(decode(TestImages.write(indexed, "bmp"), 30, 20), indexed);
    assertRow(png(2, 1, GRAY, bytes(0b10000000)), 255, 255, 255, 0, 0, 0);
    assertRow(png(2, 2, GRAY, bytes(0b01100000)), 85, 85, 85, 170, 170, 170);
    assertRow(png(2, 4, GRAY, bytes(0x3f)), 51, 51, 51, 255, 255, 255);
  }

  @Test
  void shouldTakeTheUpperByteOf16BitSamples() throws Exception {
    assertRow(png(1, 16, GRAY, bytes(0x80, 0xff)), 128, 128, 128);
    assertRow(png(1, 16, RGB, bytes(1, 99, 2, 99, 255, 99)), 1, 2, 255);
    assertRow(png(1, 16, RGBA, bytes(10, 9, 20, 9, 30, 9, 51, 51)), 206, 208, 210);
  }

  @Test
  void shouldLayTransparencyOverWhite() throws Exception {
    assertRow(png(2, 8, GRAY_ALPHA, bytes(100, 255, 100, 0)), 100, 100, 100, 255, 255, 255);
    assertRow(png(2, 8, RGBA, bytes(10, 20, 30, 255, 10, 20, 30, 51)), 10, 20, 30, 206, 208, 210);
    byte[] colours = TestImages.pngChunk("PLTE", bytes(1, 2, 3, 4, 5, 6));
    byte[] transparency = TestImages.pngChunk("tRNS", bytes(0));
    assertRow(png(2, 8, PALETTE, bytes(0, 1), colours, transparency), 255, 255, 255, 4, 5, 6);
    byte[] key = TestImages.pngChunk("tRNS", bytes(0, 7, 0, 8, 0, 9));
    assertRow(png(2, 8, RGB, bytes(7, 8, 9, 7, 8, 8), key), 255, 255, 255, 7, 8, 8);
  }

  @Test
  void shouldReadAdobeCmykAsInvertedInk() throws Exception {
    byte[] stored = TestImages.flatJpeg(200, 100, 50, 153);

    assertFlat(TestImages.withAdobe(stored, 0), 120, 60, 30);
  }

  @Test
  void shouldReadUnmarkedCmykAsInk() throws Exception {
    assertFlat(TestImages.flatJpeg(55, 155, 205, 102), 120, 60, 30);
  }

  @Test
  void shouldReadAdobeYcckAsInvertedInkInYcbcr() throws Exception {
    // C = 255 - R of JFIF's YCbCr (150, 100, 160) = 255 - (195, 137, 100), K unchanged.
    byte[] stored = TestImages.flatJpeg(150, 100, 160, 255);

    assertFlat(TestImages.withAdobe(stored, 2), 60, 118, 155);
  }

  @Test
  void shouldTellRgbFromYcbcrByTheMarkers() throws Exception {
    byte[] stored = TestImages.flatJpeg(150, 100, 160);

    assertFlat(TestImages.withAdobe(stored, 0), 150, 100, 160);
    assertFlat(TestImages.withAdobe(stored, 1), 195, 137, 100);
    assertFlat(stored, 195, 137, 100);
  }

  @Test
  void shouldConvertEmbeddedProfilesToSrgb() throws Exception {
    // Linear light of one half is 188 in sRGB.
    assertRow(png(1, 8, RGB, bytes(128, 0, 255), profile(ColorSpace.CS_LINEAR_RGB)), 188, 0, 255);
    assertRow(png(1, 8, GRAY, bytes(128), profile(ColorSpace.CS_GRAY)), 188, 188, 188);
    var jpeg = TestImages.withAdobe(TestImages.flatJpeg(128, 128, 128), 0);
    byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    assertFlat(TestImages.withSegment(jpeg, 0xe2, profileSegment(1, 1, linear)), 188, 188, 188);
  }

  @Test
  void shouldLeaveSrgbAsItIs() throws Exception {
    assertRow(png(1, 8, RGB, bytes(10, 20, 30), profile(ColorSpace.CS_sRGB)), 10, 20, 30);
  }

  @Test
  void shouldIgnoreProfilesThatCannotBeUsed() throws Exception {
    byte[] broken = TestImages.pngProfile(new ByteArrayInputStream(new byte[400]));
    assertRow(png(1, 8, RGB, bytes(10, 20, 30), broken), 10, 20, 30);
    byte[] tooLarge = TestImages.pngProfile(new ByteArrayInputStream(new byte[20 << 20]));
    assertRow(png(1, 8, RGB, bytes(10, 20, 30), tooLarge), 10, 20, 30);
    byte[] notDeflated = TestImages.pngChunk("iCCP", bytes('a', 0, 0, 1, 2, 3));
    assertRow(png(1, 8, RGB, bytes(10, 20, 30), notDeflated), 10, 20, 30);
    assertRow(png(1, 8, RGB, bytes(10, 20, 30), profile(ColorSpace.CS_GRAY)), 10, 20, 30);
    byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    byte[] jpeg = TestImages.withAdobe(TestImages.flatJpeg(128, 128, 128), 0);
    assertFlat(TestImages.withSegment(jpeg, 0xe2, profileSegment(1, 2, linear)), 128, 128, 128);
  }

  @Test
  void shouldDecodeLosslessWebp() throws Exception {
    Pixels pixels = decode(TestImages.WEBP_LOSSLESS, 3, 2);

    assertRow(pixels, 255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30, 200, 100, 50, 255, 255, 255);
    assertRow(decode(TestImages.WEBP_LOSSLESS_ALPHA, 2, 1), 10, 20, 30, 206, 208, 210);
    assertFlat(TestImages.WEBP_ANIMATED, 255, 0, 0);
  }

  @Test
  void shouldDecodeLossyWebp() throws Exception {
    assertFlat(TestImages.WEBP_LOSSY, 201, 60, 30);
    Pixels withAlpha = decode(TestImages.WEBP_LOSSY_ALPHA, 16, 16);
    assertThat(withAlpha.value(3, 3, 1)).isBetween(59f, 61f);
    assertThat(withAlpha.value(12, 3, 1)).isBetween(176f, 178f);
  }

  private static Pixels png(int width, int bits, int colourType, byte[] row, byte[]... chunks)
      throws Exception {
    return decode(TestImages.png(width, 1, bits, colourType, new byte[][] {row}, chunks), width, 1);
  }

  private static byte[] profile(int colourSpace) throws Exception {
    return TestImages.pngProfile(
        new ByteArrayInputStream(ICC_Profile.getInstance(colourSpace).getData()));
  }

  private static byte[] profileSegment(int number, int count, byte[] profile) {
    return ByteBuffer.allocate(14 + profile.length)
        .put("ICC_PROFILE\0".getBytes(ISO_8859_1))
        .put((byte) number)
        .put((byte) count)
        .put(profile)
        .array();
  }

  private static Pixels decode(byte[] file, int width, int height) throws Exception {
    return new ImageDecoder(ImageLimits.DEFAULT, width, height).decode(file);
  }

  private static double mean(Pixels pixels) {
    double sum = 0;
    int count = pixels.width() * pixels.height() * 3;
    for (int i = 0; i < count; i++) {
      sum += pixels.value(i);
    }
    return sum / count;
  }

  private static void assertRow(Pixels pixels, int... expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(pixels.value(i)).as("value %d", i).isEqualTo(expected[i]);
    }
  }

  /** JPEG and lossy WebP round; two levels either way are theirs. */
  private static void assertFlat(byte[] file, int... expected) throws Exception {
    Pixels pixels = decode(file, 5, 5);
    for (int i = 0; i < 75; i++) {
      assertThat(pixels.value(i))
          .as("channel %d", i % 3)
          .isBetween(expected[i % 3] - 2f, expected[i % 3] + 2f);
    }
  }

  private static void assertSame(Pixels pixels, BufferedImage expected) {
    for (int y = 0; y < expected.getHeight(); y++) {
      for (int x = 0; x < expected.getWidth(); x++) {
        int rgb = expected.getRGB(x, y);
        assertThat(pixels.value(x, y, 0)).isEqualTo(rgb >> 16 & 0xff);
        assertThat(pixels.value(x, y, 1)).isEqualTo(rgb >> 8 & 0xff);
        assertThat(pixels.value(x, y, 2)).isEqualTo(rgb & 0xff);
      }
    }
  }
}
