package dev.headwater.backbone;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.headwater.image.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/** The folder of real weights and reference embeddings that HEADWATER_TEST_SHARED names. */
final class SharedFiles {
  private static final String KEY = "HEADWATER_TEST_SHARED";
  private static final String WEIGHTS = "weights/mobilenet_v2_imagenet_1.0_224_no_top.h5";

  private SharedFiles() {}

  /** Returns the real weights file, or skips the calling test. */
  static Path weights() {
    return require(WEIGHTS);
  }

  /** Returns the expected embedding of each reference image by its file name. */
  static Map<String, float[]> referenceEmbeddings() throws IOException {
    Path file = require("weights/reference/embeddings.json");
    var type = new TypeReference<TreeMap<String, float[]>>() {};
    return new ObjectMapper().readValue(file.toFile(), type);
  }

  static Pixels referenceImage(String name) throws IOException {
    var image = ImageIO.read(require("weights/reference/" + name).toFile());
    int width = image.getWidth();
    int height = image.getHeight();
    var rgb = new float[width * height * 3];
    for (int i = 0; i < width * height; i++) {
      int pixel = image.getRGB(i % width, i / width);
      rgb[3 * i] = pixel >> 16 & 0xff;
      rgb[3 * i + 1] = pixel >> 8 & 0xff;
      rgb[3 * i + 2] = pixel & 0xff;
    }
    return Pixels.copyOf(width, height, rgb);
  }

  private static Path require(String relative) {
    String folder = System.getenv(KEY);
    assumeTrue(
        folder != null && !folder.isBlank(),
        () -> "needs " + relative + ": set " + KEY + " to the folder that holds it");
    Path file = Path.of(folder).resolve(relative);
    assumeTrue(Files.isRegularFile(file), () -> "needs " + file + ", which is not there");
    return file;
  }
}
