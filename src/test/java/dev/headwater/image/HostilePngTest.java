package dev.headwater.image;

import static dev.headwater.image.FileParts.deflatedZeros;
import static dev.headwater.image.FileParts.insert;
import static dev.headwater.image.FileParts.join;
import static dev.headwater.image.FileParts.text;
import static dev.headwater.image.FileParts.times;
import static dev.headwater.image.TestImages.bytes;
import static dev.headwater.image.TestImages.pngChunk;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** PNG files made to cost far more than they weigh. */
class HostilePngTest {
  private static final int AFTER_HEADER = 33;
  private static final byte[] END = pngChunk("IEND", new byte[0]);

  @Test
  void shouldInflateOneColourProfileAndNoMore() throws Exception {
    byte[] bomb = TestImages.pngProfile(new ByteArrayInputStream(new byte[4 << 20]));

    MeasuredDecode.of(insert(onePixel(), AFTER_HEADER, times(3_900, bomb))).cheaply("PIXELS");
  }

  @Test
  void shouldNotInflateText() throws Exception {
    byte[] bomb = deflatedZeros(500);
    byte[] zipped = pngChunk("zTXt", join(text("a\0\0"), bomb));
    byte[] international = pngChunk("iTXt", join(text("a\0\1\0\0\0"), bomb));

    MeasuredDecode.of(insert(onePixel(), AFTER_HEADER, join(zipped, international)))
        .cheaply("PIXELS");
  }

  @Test
  void shouldStopInflatingOncePixelsAreComplete() throws Exception {
    byte[] header = TestImages.pngHeaderOnly(1, 1);

    MeasuredDecode.of(join(header, pngChunk("IDAT", deflatedZeros(500)), END)).cheaply("PIXELS");
  }

  @Test
  void shouldDecodeDataInAMillionPieces() throws Exception {
    byte[] empty = times(1_000_000, pngChunk("IDAT", new byte[0]));

    MeasuredDecode.of(insert(onePixel(), AFTER_HEADER, empty)).cheaply("PIXELS");
  }

  @Test
  void shouldDecodeDataInPiecesOfOneByteLikeTheWhole() throws Exception {
    byte[] whole = TestImages.png(3, 1, 8, 2, new byte[][] {bytes(1, 2, 3, 4, 5, 6, 7, 8, 9)});
    byte[] data = Arrays.copyOfRange(whole, AFTER_HEADER + 8, whole.length - 16);
    byte[] pieces = Arrays.copyOf(whole, AFTER_HEADER);
    for (byte piece : data) {
      pieces = join(pieces, pngChunk("IDAT", new byte[] {piece}));
    }

    Pixels pixels = new ImageDecoder(ImageLimits.DEFAULT, 3, 1).decode(join(pieces, END));

    for (int i = 0; i < 9; i++) {
      assertThat(pixels.value(i)).isEqualTo(i + 1);
    }
  }

  @Test
  void shouldPassOverAMillionOtherChunks() throws Exception {
    for (String type : new String[] {"tEXt", "tIME", "pHYs", "eXIf", "sRGB", "tRNS", "PLTE"}) {
      byte[] many = times(1_000_000, pngChunk(type, new byte[0]));

      MeasuredDecode.of(insert(onePixel(), AFTER_HEADER, many)).cheaply("PIXELS");
    }
  }

  @Test
  void shouldRefuseAbsurdSides() {
    int[][] sides = {{1, 25_000_000}, {25_000_000, 1}, {65_536, 1}, {-1, 1}, {1 << 31, 1 << 31}};
    for (int[] side : sides) {
      MeasuredDecode.of(TestImages.pngHeaderOnly(side[0], side[1])).cheaply("TOO_MANY_PIXELS");
    }
    assertThat(MeasuredDecode.of(TestImages.pngHeaderOnly(1, 25_000_000)).message())
        .isEqualTo("image of 1 x 25 000 000 pixels, at most 65 535 a side allowed");
    MeasuredDecode.of(TestImages.pngHeaderOnly(0, 25_000_000)).cheaply("CORRUPT");
    MeasuredDecode.of(TestImages.pngHeaderOnly(65_535, 381)).cheaply("TRUNCATED");
  }

  @Test
  void shouldRefuseASecondHeaderAndUnknownCriticalChunks() throws Exception {
    byte[] second = Arrays.copyOfRange(TestImages.pngHeaderOnly(60_000, 60_000), 8, AFTER_HEADER);

    MeasuredDecode.of(insert(onePixel(), AFTER_HEADER, second)).cheaply("CORRUPT");
    MeasuredDecode.of(insert(onePixel(), AFTER_HEADER, pngChunk("EVIL", new byte[9])))
        .cheaply("CORRUPT");
  }

  @Test
  void shouldDecodeTheLargestBombAllowedWithinItsMemory() throws Exception {
    byte[] header = TestImages.pngHeaderOnly(5_000, 5_000);
    header[24] = 16;
    header[25] = 6;
    byte[] checked = join(Arrays.copyOf(header, 8), rewritten(header));

    var decoded = MeasuredDecode.of(join(checked, pngChunk("IDAT", deflatedZeros(191)), END));

    assertThat(decoded.outcome()).as(decoded.message()).isEqualTo("PIXELS");
    assertThat(decoded.cpuMillis()).isLessThan(4_000);
    assertThat(decoded.allocatedMebibytes()).isLessThan(220);
  }

  private static byte[] rewritten(byte[] header) {
    return pngChunk("IHDR", Arrays.copyOfRange(header, 16, 29));
  }

  private static byte[] onePixel() throws Exception {
    return TestImages.png(1, 1, 8, 0, new byte[][] {bytes(9)});
  }
}
