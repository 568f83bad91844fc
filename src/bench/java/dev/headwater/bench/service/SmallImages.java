package dev.headwater.bench.service;

import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.cli.produce.ImageFolder;
import dev.headwater.cli.produce.LabelledFile;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** The image files that a benchmark sends, in memory. */
final class SmallImages {
  private static final int DRAWN = 64;
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final int DISCS = 40;

  private SmallImages() {}

  /** Reads the first files of a folder that is laid out as for {@code produce}. */
  static List<byte[]> of(Path folder, int most) {
    var files = ImageFolder.scan(folder, Optional.empty()).files();
    if (files.isEmpty()) {
      throw new CommandFailedException("%s has no images".formatted(folder));
    }
    return files.stream().limit(most).map(SmallImages::read).toList();
  }

  private static byte[] read(LabelledFile file) {
    try {
      return Files.readAllBytes(file.path());
    } catch (IOException e) {
      throw new CommandFailedException("cannot read %s: %s".formatted(file.path(), e), e);
    }
  }

  /** Draws JPEGs of coloured discs, the same at each call. */
  static List<byte[]> drawn() {
    return IntStream.range(0, DRAWN).mapToObj(SmallImages::draw).toList();
  }

  private static byte[] draw(int seed) {
    var random = new SplittableRandom(seed);
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    var graphics = image.createGraphics();
    for (int i = 0; i < DISCS; i++) {
      int size = random.nextInt(10, 160);
      graphics.setColor(new Color(random.nextInt(1 << 24)));
      graphics.fillOval(
          random.nextInt(-40, WIDTH - 20), random.nextInt(-40, HEIGHT - 20), size, size);
    }
    graphics.dispose();
    var file = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpg", file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }
}
