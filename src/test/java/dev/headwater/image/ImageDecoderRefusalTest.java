package dev.headwater.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headwater.image.ImageRejectedException.Reason;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageDecoderRefusalTest {
  private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT, 32, 32);

  @Test
  void shouldRefuseNoBytes() {
    assertThat(refusal(null).reason()).isEqualTo(Reason.EMPTY);
    assertThat(refusal(new byte[0]).reason()).isEqualTo(Reason.EMPTY);
  }

  @Test
  void shouldRefuseFilesOverTheByteLimit() {
    var strict = new ImageDecoder(new ImageLimits(1_000, 1_000), 8, 8);

    var refusal =
        catchThrowableOfType(ImageRejectedException.class, () -> strict.decode(new byte[1_001]));

    assertThat(refusal.reason()).isEqualTo(Reason.TOO_MANY_BYTES);
    assertThat(refusal).hasMessage("image of 1 001 bytes, at most 1 000 allowed");
  }

  @Test
  void shouldRefuseUnknownFormatsWithoutQuotingThem() {
    var refusal = refusal("a secret in plain words".getBytes(UTF_8));

    assertThat(refusal.reason()).isEqualTo(Reason.FORMAT_UNKNOWN);
    assertThat(refusal).hasMessage("text of 23 bytes, expected a JPEG, PNG, BMP, GIF or WebP file");
    assertThat(refusal("BMW is no bitmap, nor is it an image".getBytes(UTF_8)).reason())
        .isEqualTo(Reason.FORMAT_UNKNOWN);
    assertThat(refusal("....ftypavif".getBytes(UTF_8))).hasMessageContaining("HEIC, AVIF");
  }

  @Test
  void shouldRefuseHugeImagesByTheirHeaderAlone() {
    var refusal = refusal(TestImages.pngHeaderOnly(60_000, 60_000));

    assertThat(refusal.reason()).isEqualTo(Reason.TOO_MANY_PIXELS);
    assertThat(refusal)
        .hasMessage("image of 60 000 x 60 000 = 3 600 000 000 pixels, at most 25 000 000 allowed");
    assertThat(refusal(TestImages.pngHeaderOnly(-1, -1)).reason())
        .isEqualTo(Reason.TOO_MANY_PIXELS);
  }

  @Test
  void shouldRefuseHugeImagesInEveryFormat() throws Exception {
    for (var sample : samples().entrySet()) {
      byte[] huge = withSize(sample.getKey(), sample.getValue(), 0x3fff);

      assertThat(refusal(huge).reason()).as(sample.getKey()).isEqualTo(Reason.TOO_MANY_PIXELS);
    }
  }

  @Test
  void shouldRefuseEmptyImages() throws Exception {
    assertThat(refusal(TestImages.pngHeaderOnly(0, 5)).reason()).isEqualTo(Reason.CORRUPT);
    for (var sample : samples().entrySet()) {
      if (!sample.getKey().startsWith("webp lossless")) {
        byte[] empty = withSize(sample.getKey(), sample.getValue(), 0);

        assertThat(refusal(empty).reason()).as(sample.getKey()).isEqualTo(Reason.CORRUPT);
      }
    }
  }

  @Test
  void shouldRefuseFilesCutShortAnywhere() throws Exception {
    for (var sample : samples().entrySet()) {
      byte[] file = sample.getValue();
      int needed = file.length - endMarkBytes(sample.getKey());
      int step = Math.max(1, needed / 150);
      for (int length = 30; length < needed; length += step) {
        var refusal = refusal(Arrays.copyOf(file, length));

        assertThat(refusal.reason())
            .as("%s cut to %d of %d bytes", sample.getKey(), length, file.length)
            .isEqualTo(Reason.TRUNCATED);
      }
    }
  }

  @Test
  void shouldAcceptFilesThatLackOnlyTheirEndMark() throws Exception {
    for (var sample : samples().entrySet()) {
      byte[] file = sample.getValue();
      byte[] cut = Arrays.copyOf(file, file.length - endMarkBytes(sample.getKey()));

      assertThat(values(decoder.decode(cut)))
          .as(sample.getKey())
          .isEqualTo(values(decoder.decode(file)));
    }
  }

  @Test
  void shouldAcceptBytesAfterTheImage() throws Exception {
    for (var sample : samples().entrySet()) {
      byte[] file = sample.getValue();
      byte[] longer = Arrays.copyOf(file, file.length + 500);

      assertThat(values(decoder.decode(longer)))
          .as(sample.getKey())
          .isEqualTo(values(decoder.decode(file)));
    }
  }

  @Test
  void shouldRefuseJpegDataThatEndsEarlyDespiteItsEndMark() throws Exception {
    byte[] jpeg = samples().get("jpeg");
    byte[] gap = Arrays.copyOf(jpeg, jpeg.length / 2 + 2);
    gap[gap.length - 2] = (byte) 0xff;
    gap[gap.length - 1] = (byte) 0xd9;

    var refusal = refusal(gap);

    assertThat(refusal.reason()).isEqualTo(Reason.CORRUPT);
    assertThat(refusal).hasMessageContaining("premature end");
  }

  @Test
  void shouldRefusePngWithAWrongChecksum() throws Exception {
    byte[] png = samples().get("png");
    png[png.length - 20] ^= 1;

    var refusal = refusal(png);

    assertThat(refusal.reason()).isEqualTo(Reason.CORRUPT);
    assertThat(refusal).hasMessageContaining("checksum of chunk IDAT");
  }

  @Test
  void shouldRefuseGifDataThatEndsEarlyDespiteItsEndMark() throws Exception {
    byte[] gif = samples().get("gif");
    int data = gif.length - 300;
    byte[] gap = Arrays.copyOf(gif, gif.length);
    Arrays.fill(gap, data, gap.length, (byte) 0);

    assertThat(refusal(gap).reason()).isIn(Reason.CORRUPT, Reason.TRUNCATED);
  }

  @Test
  void shouldRefuseLosslessWebpDataThatEndsEarly() throws Exception {
    byte[] webp = TestImages.WEBP_LOSSLESS;
    byte[] cut = Arrays.copyOf(webp, 30);
    ByteBuffer.wrap(cut).order(ByteOrder.LITTLE_ENDIAN).putInt(4, 22).putInt(16, 10);

    assertThat(refusal(cut).reason()).isEqualTo(Reason.CORRUPT);
  }

  @Test
  void shouldRefuseJpegWithAbsurdlyManyScans() throws Exception {
    byte[] jpeg = samples().get("progressive jpeg");
    int scan = indexOf(jpeg, 0xda);
    int scanLength = indexOfNextMarker(jpeg, scan + 2) - scan;
    var many = ByteBuffer.allocate(jpeg.length + 100 * scanLength).put(jpeg, 0, scan);
    for (int i = 0; i < 100; i++) {
      many.put(jpeg, scan, scanLength);
    }
    many.put(jpeg, scan, jpeg.length - scan);

    assertThat(refusal(many.array())).hasMessageContaining("more than 100 scans");
  }

  @Test
  void shouldRefuseEmbeddedFilesInBmp() throws Exception {
    byte[] bmp = samples().get("bmp");
    bmp[30] = 4;

    assertThat(refusal(bmp)).hasMessageContaining("compression 4, expected");
  }

  private static Map<String, byte[]> samples() throws Exception {
    var picture = TestImages.picture(60, 44, BufferedImage.TYPE_3BYTE_BGR);
    var indexed = TestImages.picture(60, 44, BufferedImage.TYPE_BYTE_INDEXED);
    var samples = new LinkedHashMap<String, byte[]>();
    samples.put("jpeg", TestImages.write(picture, "jpg"));
    samples.put("progressive jpeg", TestImages.progressiveJpeg(picture));
    samples.put("png", TestImages.write(picture, "png"));
    samples.put("gif", TestImages.write(indexed, "gif"));
    samples.put("bmp", TestImages.write(picture, "bmp"));
    samples.put("webp lossless", TestImages.WEBP_LOSSLESS);
    samples.put("webp lossy", TestImages.WEBP_LOSSY);
    return samples;
  }

  private static int endMarkBytes(String sample) {
    return sample.endsWith("jpeg") ? 2 : sample.equals("png") ? 12 : sample.equals("gif") ? 1 : 0;
  }

  /** Returns the file with both sides in its header replaced. */
  private static byte[] withSize(String sample, byte[] file, int side) {
    var changed = ByteBuffer.wrap(file.clone());
    switch (sample) {
      case "jpeg" -> changed.putInt(indexOf(file, 0xc0) + 5, side << 16 | side);
      case "progressive jpeg" -> changed.putInt(indexOf(file, 0xc2) + 5, side << 16 | side);
      case "png" -> changed.putInt(16, side).putInt(20, side);
      case "gif" -> changed.order(ByteOrder.LITTLE_ENDIAN).putInt(6, side << 16 | side);
      case "bmp" -> changed.order(ByteOrder.LITTLE_ENDIAN).putInt(18, side).putInt(22, side);
      case "webp lossless" -> changed.order(ByteOrder.LITTLE_ENDIAN).putInt(21, side << 14 | side);
      default -> changed.order(ByteOrder.LITTLE_ENDIAN).putInt(26, side << 16 | side);
    }
    return changed.array();
  }

  private static int indexOf(byte[] file, int marker) {
    int at = 0;
    while (file[at] != (byte) 0xff || file[at + 1] != (byte) marker) {
      at++;
    }
    return at;
  }

  private static int indexOfNextMarker(byte[] file, int from) {
    int at = from;
    while (file[at] != (byte) 0xff || file[at + 1] == 0) {
      at++;
    }
    return at;
  }

  private static float[] values(Pixels pixels) {
    float[] values = new float[pixels.width() * pixels.height() * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = pixels.value(i);
    }
    return values;
  }

  private ImageRejectedException refusal(byte[] file) {
    var refusal = catchThrowableOfType(ImageRejectedException.class, () -> decoder.decode(file));
    assertThat(refusal).as("refusal").isNotNull();
    return refusal;
  }
}
