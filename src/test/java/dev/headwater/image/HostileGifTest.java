package dev.headwater.image;

import static dev.headwater.image.FileParts.gifBlocks;
import static dev.headwater.image.FileParts.gifImage;
import static dev.headwater.image.FileParts.join;
import static dev.headwater.image.FileParts.lzwZeros;
import static dev.headwater.image.FileParts.text;
import static dev.headwater.image.FileParts.times;
import static dev.headwater.image.FileParts.u16le;
import static dev.headwater.image.TestImages.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** GIF files made to cost far more than they weigh, or to be read in two ways. */
class HostileGifTest {
  private static final byte[] TRAILER = bytes(0x3b);

  @Test
  void shouldNotDecodeMorePixelsThanTheImageHas() {
    byte[] threeBillion = lzwZeros(3_000_000_000L);

    MeasuredDecode.of(gif(1, 1, gifImage(0, 0, 1, 1, threeBillion))).cheaply("PIXELS");
  }

  @Test
  void shouldNotReadAFrameOutOfAGraphicControl() {
    byte[] hidden = join(new byte[5], bytes(0x2c), u16le(0, 0, 65_535, 30_000), bytes(0x87));
    byte[] control = join(bytes(0x21, 0xf9), gifBlocks(join(hidden, new byte[3_000])));

    MeasuredDecode.of(gif(8, 8, control, gifImage(0, 0, 8, 8, lzwZeros(64)))).cheaply("PIXELS");
  }

  @Test
  void shouldDecodeTheLargestBombAllowed() {
    byte[] bomb = lzwZeros(25_000_000);
    for (int[] size : new int[][] {{5_000, 5_000}, {65_535, 381}, {381, 65_535}}) {
      MeasuredDecode.of(gif(size[0], size[1], gifImage(0, 0, size[0], size[1], bomb)))
          .cheaply("PIXELS");
    }
  }

  @Test
  void shouldReadOnlyTheFirstOfManyFrames() {
    byte[] frames = times(200_000, gifImage(0, 0, 8, 8, lzwZeros(64)));

    MeasuredDecode.of(gif(8, 8, frames)).cheaply("PIXELS");
  }

  @Test
  void shouldLayASmallFrameOnAHugeCanvas() {
    byte[] frame = gifImage(4_990, 4_990, 1, 1, lzwZeros(1));

    MeasuredDecode.of(gif(5_000, 5_000, frame)).cheaply("PIXELS");
  }

  @Test
  void shouldRefuseFramesWithoutPixelsOrFarOutside() {
    byte[] pixel = lzwZeros(1);

    MeasuredDecode.of(gif(8, 8, gifImage(0, 0, 0, 0, pixel))).cheaply("CORRUPT");
    MeasuredDecode.of(gif(0, 0, gifImage(0, 0, 1, 1, pixel))).cheaply("CORRUPT");
    MeasuredDecode.of(gif(8, 8)).cheaply("CORRUPT");
    MeasuredDecode.of(gif(8, 8, gifImage(65_535, 65_535, 1, 1, pixel))).cheaply("TOO_MANY_PIXELS");
    MeasuredDecode.of(gif(65_535, 65_535, gifImage(0, 0, 1, 1, pixel))).cheaply("TOO_MANY_PIXELS");
  }

  @Test
  void shouldGetThroughFloodsOfBlocks() {
    byte[] frame = gifImage(0, 0, 8, 8, lzwZeros(64));
    byte[] controls = times(1_900_000, bytes(0x21, 0xf9, 4, 0, 0, 0, 0, 0));
    byte[] comments = times(4_000_000, bytes(0x21, 0xfe, 0));
    byte[] tinyBlocks = times(8_000_000, bytes(1, 0));

    MeasuredDecode.of(gif(8, 8, controls, frame)).cheaply("PIXELS");
    MeasuredDecode.of(gif(8, 8, comments, frame)).cheaply("PIXELS");
    byte[] head = Arrays.copyOf(frame, 11);
    MeasuredDecode.of(gif(1, 1, head, tinyBlocks, new byte[1])).cheaply("PIXELS");
  }

  @Test
  void shouldRefuseDataOfClearCodesAlone() {
    byte[] clears = times(1_700_000, bytes(0, 1, 2, 4, 8, 16, 32, 64, 128));

    assertThat(MeasuredDecode.of(gif(1, 1, gifImage(0, 0, 1, 1, clears))).cheaply("CORRUPT"))
        .extracting(MeasuredDecode::message)
        .isEqualTo("GIF file: data for 0 pixels, expected 1");
  }

  private static byte[] gif(int width, int height, byte[]... blocks) {
    byte[] screen = join(text("GIF89a"), u16le(width, height), bytes(0x80, 0, 0), new byte[6]);
    return join(screen, join(blocks), TRAILER);
  }
}
