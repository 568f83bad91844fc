package dev.headwater.image;

import static dev.headwater.image.FileParts.join;
import static dev.headwater.image.FileParts.riffChunk;
import static dev.headwater.image.FileParts.times;
import static dev.headwater.image.FileParts.u16le;
import static dev.headwater.image.FileParts.webp;
import static dev.headwater.image.TestImages.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.image.FileParts.BitWriter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** WebP files made to cost far more than they weigh. */
class HostileWebpTest {
  private static final int PREDICTOR = 0;
  private static final int COLOUR = 1;
  private static final int SUBTRACT_GREEN = 2;
  private static final int PALETTE = 3;

  @Test
  void shouldRefuseToRepeatATransform() {
    for (int type : new int[] {PREDICTOR, COLOUR, SUBTRACT_GREEN, PALETTE}) {
      var data = lossless(2_000, 2_000);
      for (int i = 0; i < 200; i++) {
        transform(data, type);
      }

      assertThat(MeasuredDecode.of(flat(data)).cheaply("CORRUPT").message())
          .isEqualTo("WebP file: transform %d twice, expected once at most".formatted(type));
    }
  }

  @Test
  void shouldDecodeAllTransformsTogether() {
    var data = lossless(300, 200);
    for (int type : new int[] {PREDICTOR, COLOUR, SUBTRACT_GREEN, PALETTE}) {
      transform(data, type);
    }

    MeasuredDecode.of(flat(data)).cheaply("PIXELS");
  }

  @Test
  void shouldRefuseToAllocateForTensOfThousandsOfCodes() {
    var data = lossless(8, 8).put(0, 1).put(0, 1).put(1, 1).put(0, 3);
    codes(data.put(0, 1), 255, 255);
    for (int i = 0; i < 65_536; i++) {
      codes(data, 0, 0);
    }

    assertThat(MeasuredDecode.of(webp(riffChunk("VP8L", data.toByteArray()))).cheaply("CORRUPT"))
        .extracting(MeasuredDecode::message)
        .isEqualTo("WebP file: 65536 groups of prefix codes, at most 16384 allowed");
  }

  @Test
  void shouldRefuseToRepeatATransformOfTheAlphaPlane() {
    var plane = new BitWriter();
    for (int i = 0; i < 100; i++) {
      transform(plane, SUBTRACT_GREEN);
    }
    byte[] lossy = Arrays.copyOfRange(TestImages.WEBP_LOSSY, 12, TestImages.WEBP_LOSSY.length);
    byte[] extended = riffChunk("VP8X", bytes(0x10, 0, 0, 0, 15, 0, 0, 15, 0, 0));
    byte[] alpha = riffChunk("ALPH", join(bytes(1), image(plane).toByteArray()));

    MeasuredDecode.of(webp(extended, alpha, lossy)).cheaply("CORRUPT");
  }

  @Test
  void shouldDecodeLargeFlatImages() {
    MeasuredDecode.of(flat(lossless(5_000, 5_000))).cheaply("PIXELS");
    MeasuredDecode.of(flat(lossless(16_384, 1_500))).cheaply("PIXELS");
    MeasuredDecode.of(flat(lossless(16_384, 16_384))).cheaply("TOO_MANY_PIXELS");
  }

  @Test
  void shouldReadOnlyTheFirstOfManyFrames() {
    byte[] frame = riffChunk("ANMF", join(new byte[16], flatChunk(lossless(1, 1))));

    MeasuredDecode.of(webp(canvas(0, 0), times(200_000, frame))).cheaply("PIXELS");
  }

  @Test
  void shouldRefuseImagesThatDoNotFitTheirCanvas() {
    byte[] image = flatChunk(lossless(9, 9));
    byte[] shifted = riffChunk("ANMF", join(bytes(0xff, 0xff, 0xff), new byte[13], image));

    MeasuredDecode.of(webp(canvas(7, 8), image)).cheaply("CORRUPT");
    MeasuredDecode.of(webp(canvas(8, 8), shifted)).cheaply("CORRUPT");
    MeasuredDecode.of(webp(canvas(0xffffff, 0xffffff), image)).cheaply("TOO_MANY_PIXELS");
    MeasuredDecode.of(webp(canvas(0xffffff, 0), image)).cheaply("TOO_MANY_PIXELS");
    MeasuredDecode.of(webp(canvas(8, 8))).cheaply("CORRUPT");
    MeasuredDecode.of(webp(canvas(8, 8), riffChunk("ANMF", new byte[0]), image)).cheaply("CORRUPT");
  }

  @Test
  void shouldGetThroughAFloodOfChunks() {
    byte[] image = flatChunk(lossless(1, 1));
    for (String type : new String[] {"ICCP", "EXIF", "XMP ", "ALPH", "JUNK"}) {
      byte[] many = times(1_000_000, riffChunk(type, new byte[0]));

      MeasuredDecode.of(webp(canvas(0, 0), many, image)).cheaply("PIXELS");
    }
  }

  private static byte[] canvas(int widthLess1, int heightLess1) {
    byte[] width = u16le(widthLess1, widthLess1 >> 16);
    byte[] height = u16le(heightLess1, heightLess1 >> 16);
    return riffChunk(
        "VP8X", join(bytes(2, 0, 0, 0), Arrays.copyOf(width, 3), Arrays.copyOf(height, 3)));
  }

  private static BitWriter lossless(int width, int height) {
    return new BitWriter().put(0x2f, 8).put(width - 1, 14).put(height - 1, 14).put(0, 4);
  }

  private static byte[] flat(BitWriter data) {
    return webp(flatChunk(data));
  }

  private static byte[] flatChunk(BitWriter data) {
    return riffChunk("VP8L", image(data).toByteArray());
  }

  /** Ends the transforms and says that all pixels have one colour, which takes no more bits. */
  private static BitWriter image(BitWriter data) {
    return codes(data.put(0, 3), 40, 120);
  }

  private static void transform(BitWriter data, int type) {
    data.put(1, 1).put(type, 2);
    if (type == PALETTE) {
      codes(data.put(255, 8).put(0, 1), 3, 5);
    } else if (type != SUBTRACT_GREEN) {
      codes(data.put(0, 3).put(0, 1), 11, 0);
    }
  }

  /** Writes five codes of one symbol each: green, red, blue, alpha and distance. */
  private static BitWriter codes(BitWriter data, int green, int red) {
    for (int symbol : new int[] {green, red, 80, 255, 0}) {
      data.put(0b101, 3).put(symbol, 8);
    }
    return data;
  }
}
