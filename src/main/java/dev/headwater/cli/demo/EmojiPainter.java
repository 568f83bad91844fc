package dev.headwater.cli.demo;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * Paints an emoji with random variation: on some background, at 45 to 95 % of the picture's width,
 * turned by up to 25 degrees, anywhere that it still fits.
 */
final class EmojiPainter {
  /** Width and height of a picture, in pixels: what the backbone takes. */
  static final int SIZE = 224;

  private static final double SMALLEST = 0.45;
  private static final double LARGEST = 0.95;
  private static final double LARGEST_TURN = Math.toRadians(25);

  private final SVGLoader loader = new SVGLoader();

  /** A PNG file of {@code icon}; equal seeds give equal files. */
  byte[] png(EmojiIcon icon, long seed) {
    var file = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(paint(icon, seed), "png", file)) {
        throw new IllegalStateException("every Java writes PNG files");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return file.toByteArray();
  }

  /** The picture itself, of type RGB. */
  BufferedImage paint(EmojiIcon icon, long seed) {
    var random = new Random(seed);
    var image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    var graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      var backdrop = Backdrop.random(random);
      backdrop.paint(image, graphics, random);
      place(graphics, random, load(icon, backdrop.ink(random)));
    } finally {
      graphics.dispose();
    }
    return image;
  }

  private static void place(Graphics2D graphics, Random random, SVGDocument drawing) {
    double side = SIZE * (SMALLEST + (LARGEST - SMALLEST) * random.nextDouble());
    double room = (SIZE - side) / 2;
    double x = SIZE / 2.0 + room * (2 * random.nextDouble() - 1);
    double y = SIZE / 2.0 + room * (2 * random.nextDouble() - 1);
    graphics.translate(x, y);
    graphics.rotate(LARGEST_TURN * (2 * random.nextDouble() - 1));
    float half = (float) (side / 2);
    drawing.render(
        (java.awt.Component) null, graphics, new ViewBox(-half, -half, 2 * half, 2 * half));
  }

  private SVGDocument load(EmojiIcon icon, String ink) {
    var bytes = icon.svg(ink).getBytes(StandardCharsets.UTF_8);
    var drawing = loader.load(new ByteArrayInputStream(bytes), null, LoaderContext.createDefault());
    if (drawing == null) {
      throw new IllegalStateException("emoji %s is not a drawing".formatted(icon.name()));
    }
    return drawing;
  }
}
