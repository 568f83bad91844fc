package dev.headwater.image;

import static dev.headwater.image.FileParts.join;
import static dev.headwater.image.FileParts.text;
import static dev.headwater.image.FileParts.times;
import static dev.headwater.image.FileParts.u16le;
import static dev.headwater.image.FileParts.u32le;
import static dev.headwater.image.TestImages.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** BMP files with headers that lie, and run lengths that go nowhere. */
class HostileBmpTest {
  private static final int RLE8 = 1;
  private static final int RLE4 = 2;

  @Test
  void shouldAnswerEveryHeader() {
    for (int header : new int[] {12, 16, 40, 52, 56, 64, 108, 124}) {
      for (int bits : new int[] {0, 1, 2, 4, 8, 15, 16, 24, 32, 64, 65_535}) {
        for (int compression = 0; compression <= 6; compression++) {
          byte[] file = bmp(header, 9, 9, bits, compression, new byte[4_000]);

          assertThat(MeasuredDecode.of(file).outcome()).isIn("PIXELS", "CORRUPT", "TRUNCATED");
        }
      }
    }
  }

  @Test
  void shouldRefuseAbsurdSides() {
    byte[] data = new byte[64];
    MeasuredDecode.of(bmp(40, 1, Integer.MIN_VALUE, 1, 0, data)).cheaply("TOO_MANY_PIXELS");
    MeasuredDecode.of(bmp(40, 1, Integer.MAX_VALUE, 1, 0, data)).cheaply("TOO_MANY_PIXELS");
    MeasuredDecode.of(bmp(40, 1, 25_000_000, 8, RLE8, data)).cheaply("TOO_MANY_PIXELS");
    MeasuredDecode.of(bmp(40, -8, 8, 8, 0, data)).cheaply("CORRUPT");
    MeasuredDecode.of(bmp(40, 0, 8, 8, 0, data)).cheaply("CORRUPT");
    MeasuredDecode.of(bmp(40, 5_000, -5_000, 32, 0, data)).cheaply("TRUNCATED");
  }

  @Test
  void shouldDecodeRunLengthsThatGoNowhere() {
    byte[][] patterns = {
      bytes(0, 0),
      bytes(0, 2, 0, 0),
      bytes(0, 2, 255, 0),
      bytes(0, 2, 0, 1),
      bytes(0, 255),
      bytes(1, 1),
      bytes(255, 1),
      bytes(0, 3, 1, 1),
      bytes(0, 1)
    };
    for (byte[] pattern : patterns) {
      byte[] data = times(15_000_000 / pattern.length, pattern);
      for (int height : new int[] {5_000, -5_000}) {
        assertBounded(bmp(40, 5_000, height, 8, RLE8, data));
        assertBounded(bmp(40, 5_000, height, 4, RLE4, data));
      }
    }
  }

  @Test
  void shouldRefusePalettesLargerThanTheFile() {
    byte[] file = bmp(40, 8, 8, 8, 0, new byte[64]);
    System.arraycopy(u32le(0x7fffffff), 0, file, 46, 4);

    MeasuredDecode.of(file).cheaply("TRUNCATED");
    System.arraycopy(u32le(-1), 0, file, 46, 4);
    MeasuredDecode.of(file).cheaply("TRUNCATED");
    System.arraycopy(u32le(-1), 0, file, 10, 4);
    MeasuredDecode.of(file).cheaply("TRUNCATED");
  }

  private static void assertBounded(byte[] file) {
    var decoded = MeasuredDecode.of(file);
    assertThat(decoded.outcome()).isIn("PIXELS", "CORRUPT");
    assertThat(decoded.cpuMillis()).isLessThan(1_000);
    assertThat(decoded.allocatedMebibytes()).isLessThan(260);
  }

  private static byte[] bmp(
      int headerBytes, int width, int height, int bits, int compression, byte[] data) {
    byte[] palette = new byte[bits <= 8 ? 4 << bits : 0];
    int offset = 14 + headerBytes + palette.length;
    byte[] file = join(text("BM"), u32le(0x7fffffff, 0, offset));
    byte[] size = headerBytes == 12 ? u16le(width, height) : u32le(width, height);
    byte[] fields = join(u32le(headerBytes), size, u16le(1, bits));
    byte[] rest = join(u32le(compression, data.length), new byte[124]);
    byte[] header = Arrays.copyOf(join(fields, rest), headerBytes);
    return join(file, header, palette, data);
  }
}
