package dev.headwater;

import dev.headwater.backbone.RandomWeightsFile;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/**
 * Weights and images for the service: real ones of the folder that HEADWATER_TEST_SHARED names,
 * else made up.
 */
final class RealFiles {
  private static final String WEIGHTS = "weights/mobilenet_v2_imagenet_1.0_224_no_top.h5";

  private static final String SHARED = "HEADWATER_TEST_SHARED";
  private static final int DRAWN = 60;

  private RealFiles() {}

  /** Returns the option that names the real weights, or random ones, which all works with. */
  static List<String> weightsOption(Path directory) {
    return shared(WEIGHTS)
        .map(file -> List.of("--weights", file.toString()))
        .orElseGet(() -> RandomWeightsFile.option(directory));
  }

  /** Returns a folder of at least 120 images in two classes. */
  static Path images(Path directory) throws IOException {
    var shared = shared("data/pacs");
    return shared.isPresent() ? shared.get() : drawnImages(directory);
  }

  /** Returns a folder of 120 drawn images in two classes, whatever else there is. */
  static Path drawnImages(Path directory) throws IOException {
    return drawn(directory.resolve("images"));
  }

  private static Optional<Path> shared(String relative) {
    return Optional.ofNullable(System.getenv(SHARED))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, relative))
        .filter(Files::exists);
  }

  private static Path drawn(Path folder) throws IOException {
    var random = new SplittableRandom(1);
    for (String shape : List.of("disc", "square")) {
      Files.createDirectories(folder.resolve(shape));
      for (int n = 0; n < DRAWN; n++) {
        var file = folder.resolve(shape).resolve(n + ".png").toFile();
        ImageIO.write(draw(shape, random), "png", file);
      }
    }
    return folder;
  }

  private static BufferedImage draw(String shape, SplittableRandom random) {
    var image = new BufferedImage(120, 120, BufferedImage.TYPE_INT_RGB);
    var graphics = image.createGraphics();
    graphics.setColor(new Color(random.nextInt(1 << 24)));
    graphics.fillRect(0, 0, 120, 120);
    graphics.setColor(new Color(random.nextInt(1 << 24)));
    int size = random.nextInt(30, 100);
    if (shape.equals("disc")) {
      graphics.fillOval(10, 10, size, size);
    } else {
      graphics.fillRect(10, 10, size, size);
    }
    graphics.dispose();
    return image;
  }
}
