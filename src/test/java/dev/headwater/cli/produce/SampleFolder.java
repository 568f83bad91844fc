package dev.headwater.cli.produce;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Makes folders of tiny images. */
final class SampleFolder {
  private SampleFolder() {}

  /** Puts {@code count} images of 4 by 4 pixels into a folder. */
  static void images(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < count; i++) {
      var image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
      ImageIO.write(image, "png", folder.resolve("image%02d.png".formatted(i)).toFile());
    }
  }

  /** Three domains with two classes each. */
  static void domains(Path dir, int perClass) throws IOException {
    for (var domain : new String[] {"sketch", "photo", "cartoon"}) {
      images(dir.resolve(domain).resolve("giraffe"), perClass);
      images(dir.resolve(domain).resolve("elephant"), perClass);
    }
  }
}
