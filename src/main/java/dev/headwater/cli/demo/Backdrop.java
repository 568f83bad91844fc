package dev.headwater.cli.demo;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Random;

/** A background: one colour, a gradient between two, or either under noise. */
record Backdrop(Color first, Color second, double angle, int noise) {
  private static final int LARGEST_NOISE = 36;

  private static final double FARTHEST_LUMA = 0.3;

  /** Draws a backdrop by lot: a third flat, a third gradients, a third noisy. */
  static Backdrop random(Random random) {
    var first = colour(random);
    return switch (random.nextInt(3)) {
      case 0 -> new Backdrop(first, first, 0, 0);
      case 1 -> new Backdrop(first, near(first, random), angle(random), 0);
      default ->
          new Backdrop(
              first, near(first, random), angle(random), 8 + random.nextInt(LARGEST_NOISE - 8));
    };
  }

  private static Color colour(Random random) {
    float saturation = 0.05f + 0.6f * random.nextFloat();
    float brightness = 0.25f + 0.75f * random.nextFloat();
    return Color.getHSBColor(random.nextFloat(), saturation, brightness);
  }

  /** Another hue of about the same brightness, so that one ink stands out from both. */
  private static Color near(Color first, Random random) {
    var second = colour(random);
    while (Math.abs(luma(first) - luma(second)) > FARTHEST_LUMA) {
      second = colour(random);
    }
    return second;
  }

  private static double angle(Random random) {
    return random.nextDouble() * 2 * Math.PI;
  }

  /** A colour that stands out from this backdrop: near black on a bright one, near white else. */
  String ink(Random random) {
    double luma = (luma(first) + luma(second)) / 2;
    float shade = 0.12f * random.nextFloat();
    var ink = Color.getHSBColor(random.nextFloat(), 0.3f, luma > 0.5 ? shade : 1 - shade / 2);
    return "#%06x".formatted(ink.getRGB() & 0xFFFFFF);
  }

  private static double luma(Color colour) {
    return (0.299 * colour.getRed() + 0.587 * colour.getGreen() + 0.114 * colour.getBlue()) / 255;
  }

  /** Fills {@code image}, which is of type RGB. */
  void paint(BufferedImage image, Graphics2D graphics, Random random) {
    int width = image.getWidth();
    int height = image.getHeight();
    float dx = (float) (Math.cos(angle) * width / 2);
    float dy = (float) (Math.sin(angle) * height / 2);
    graphics.setPaint(
        new GradientPaint(
            width / 2f - dx, height / 2f - dy, first, width / 2f + dx, height / 2f + dy, second));
    graphics.fillRect(0, 0, width, height);
    if (noise > 0) {
      addNoise(image, random);
    }
  }

  private void addNoise(BufferedImage image, Random random) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int shift = random.nextInt(2 * noise + 1) - noise;
        int rgb = image.getRGB(x, y);
        int red = clamp((rgb >> 16 & 0xFF) + shift);
        int green = clamp((rgb >> 8 & 0xFF) + shift);
        int blue = clamp((rgb & 0xFF) + shift);
        image.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
