package dev.headwater.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {
  /** Stored as rows ABC and DEF; what a viewer shows, row by row, for each of EXIF's values. */
  @ParameterizedTest
  @CsvSource({
    "1, 3, ABCDEF",
    "2, 3, CBAFED",
    "3, 3, FEDCBA",
    "4, 3, DEFABC",
    "5, 2, ADBECF",
    "6, 2, DAEBFC",
    "7, 2, FCEBDA",
    "8, 2, CFBEAD"
  })
  void shouldTurnStoredRowsUpright(int value, int width, String shown) throws Exception {
    byte[] exif = TestImages.exif(value, value % 2 == 0);
    byte[] file =
        TestImages.png(
            3,
            2,
            8,
            0,
            new byte[][] {TestImages.bytes('A', 'B', 'C'), TestImages.bytes('D', 'E', 'F')},
            TestImages.pngChunk("eXIf", exif));

    Pixels pixels = new ImageDecoder(ImageLimits.DEFAULT, width, 6 / width).decode(file);

    for (int i = 0; i < 6; i++) {
      assertThat((char) pixels.value(3 * i)).isEqualTo(shown.charAt(i));
    }
  }

  @Test
  void shouldReadTheOrientationOfJpegAndWebp() throws Exception {
    var picture = TestImages.picture(40, 16, BufferedImage.TYPE_INT_RGB);
    byte[] jpeg = TestImages.write(picture, "jpg");
    byte[] segment =
        ByteBuffer.allocate(32)
            .put(new byte[] {'E', 'x', 'i', 'f', 0, 0})
            .put(TestImages.exif(6, true))
            .array();
    Pixels stored = new ImageDecoder(ImageLimits.DEFAULT, 40, 16).decode(jpeg);

    Pixels upright =
        new ImageDecoder(ImageLimits.DEFAULT, 16, 40)
            .decode(TestImages.withSegment(jpeg, 0xe1, segment));
    Pixels webp = new ImageDecoder(ImageLimits.DEFAULT, 2, 3).decode(TestImages.WEBP_ROTATED);

    assertThat(upright.value(15, 0, 1)).isEqualTo(stored.value(0, 0, 1));
    assertThat(upright.value(0, 39, 2)).isEqualTo(stored.value(39, 15, 2));
    assertThat(webp.value(1, 0, 0)).isEqualTo(255);
    assertThat(webp.value(0, 1, 0)).isEqualTo(200);
  }

  @Test
  void shouldTakeUnreadableMetadataAsUpright() {
    byte[] exif = TestImages.exif(6, false);

    assertThat(Orientation.ofExif(exif, 0, exif.length)).isEqualTo(Orientation.TURN_RIGHT);
    for (int length = 0; length < 22; length++) {
      assertThat(Orientation.ofExif(exif, 0, length)).isEqualTo(Orientation.NORMAL);
    }
    exif[4] = (byte) 0xff;
    assertThat(Orientation.ofExif(exif, 0, exif.length)).isEqualTo(Orientation.NORMAL);
    assertThat(Orientation.ofExifValue(9)).isEqualTo(Orientation.NORMAL);
    assertThat(Orientation.ofExifValue(0)).isEqualTo(Orientation.NORMAL);
  }
}
