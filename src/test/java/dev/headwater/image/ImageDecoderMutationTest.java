package dev.headwater.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Broken files end in pixels or in a refusal, and in nothing else. */
class ImageDecoderMutationTest {
  private static final long SEED = 20_261_130;
  private static final int MUTATIONS = 3_000;

  @Test
  void shouldAnswerEveryBrokenFileWithPixelsOrARefusal() throws Exception {
    var decoder = new ImageDecoder(new ImageLimits(1 << 20, 1_000_000), 64, 64);
    List<byte[]> originals = originals();
    var random = new Random(SEED);
    Map<String, Integer> outcomes = new TreeMap<>();
    long slowest = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] file = mutate(originals.get(i % originals.size()), random);
      long begin = System.nanoTime();
      outcomes.merge(outcome(decoder, file), 1, Integer::sum);
      slowest = Math.max(slowest, System.nanoTime() - begin);
    }
    System.out.printf(
        "%d mutations with seed %d: %s, slowest %d ms%n",
        MUTATIONS, SEED, outcomes, slowest / 1_000_000);

    assertThat(outcomes).containsKeys("PIXELS", "CORRUPT", "TRUNCATED");
  }

  private static String outcome(ImageDecoder decoder, byte[] file) {
    try {
      return decoder.decode(file).width() == 64 ? "PIXELS" : "WRONG SIZE";
    } catch (ImageRejectedException refused) {
      assertThat(refused.getMessage()).isNotBlank().hasSizeLessThan(400);
      return refused.reason().name();
    }
  }

  private static byte[] mutate(byte[] original, Random random) {
    byte[] file = original.clone();
    int changes = 1 + random.nextInt(5);
    for (int i = 0; i < changes; i++) {
      boolean inHeader = random.nextInt(3) == 0;
      int at = random.nextInt(inHeader ? Math.min(64, file.length) : file.length);
      file[at] ^= (byte) (1 << random.nextInt(8));
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(file, 1 + random.nextInt(file.length)) : file;
  }

  private static List<byte[]> originals() throws Exception {
    var picture = TestImages.picture(48, 40, BufferedImage.TYPE_3BYTE_BGR);
    var indexed = TestImages.picture(48, 40, BufferedImage.TYPE_BYTE_INDEXED);
    byte[] jpeg = TestImages.write(picture, "jpg");
    return List.of(
        jpeg,
        TestImages.progressiveJpeg(picture),
        TestImages.withAdobe(TestImages.flatJpeg(9, 99, 199, 250), 2),
        TestImages.withSegment(jpeg, 0xe1, TestImages.exif(6, true)),
        TestImages.write(picture, "png"),
        TestImages.write(indexed, "png"),
        TestImages.write(indexed, "gif"),
        TestImages.write(picture, "bmp"),
        TestImages.write(indexed, "bmp"),
        TestImages.WEBP_LOSSLESS,
        TestImages.WEBP_LOSSY_ALPHA,
        TestImages.WEBP_ANIMATED,
        TestImages.WEBP_ROTATED);
  }
}
