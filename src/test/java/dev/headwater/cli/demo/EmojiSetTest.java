package dev.headwater.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class EmojiSetTest {
  private static final String DISC = "<circle cx='16' cy='16' r='15' fill='%s'/>";

  private static EmojiIcon icon(String name, String className, String fill) {
    return new EmojiIcon(name, className, DISC.formatted(fill), "0 0 32 32");
  }

  private static final List<EmojiIcon> ICONS =
      List.of(
          icon("taco", "food", "#ff0000"),
          icon("apple", "food", "#ff0000"),
          icon("cat", "animal", "#ff0000"));

  @Test
  void shouldShowBothClassesEquallyOften() {
    var images = EmojiSet.domain("noto", ICONS, 40, new Random(1));

    assertThat(images).hasSize(40).extracting(LabelledImage::domain).containsOnly("noto");
    assertThat(images).filteredOn(image -> image.className().equals("food")).hasSize(20);
    assertThat(images.subList(0, 10))
        .extracting(LabelledImage::className)
        .contains("food", "animal");
  }

  @Test
  void shouldPaintTheSamePicturesFromTheSameSeed() throws IOException {
    var image = EmojiSet.domain("noto", ICONS, 4, new Random(7)).get(3);
    var again = EmojiSet.domain("noto", ICONS, 4, new Random(7)).get(3);
    var other = EmojiSet.domain("noto", ICONS, 4, new Random(8)).get(3);

    assertThat(image.file().get()).isEqualTo(image.file().get()).isEqualTo(again.file().get());
    assertThat(image.file().get()).isNotEqualTo(other.file().get());
    var decoded = ImageIO.read(new ByteArrayInputStream(image.file().get()));
    assertThat(decoded.getWidth()).isEqualTo(224);
    assertThat(decoded.getHeight()).isEqualTo(224);
  }

  @Test
  void shouldPaintTheDrawingAtFortyFiveToNinetyFivePercentOfTheWidth() {
    var painter = new EmojiPainter();
    for (long seed = 0; seed < 20; seed++) {
      double share = redShare(painter.paint(icon("disc", "food", "#ff0000"), seed));

      // A disc of 15/32 of the drawing's width as radius covers 0.69 of the drawing's square.
      assertThat(share).as("seed %d", seed).isBetween(0.69 * 0.44 * 0.44, 0.69 * 0.96 * 0.96);
    }
  }

  @Test
  void shouldChooseAnInkThatStandsOutFromTheBackground() {
    var painter = new EmojiPainter();
    for (long seed = 0; seed < 40; seed++) {
      var inked = painter.paint(icon("disc", "food", "currentColor"), seed);
      var bare = painter.paint(new EmojiIcon("none", "food", "<g/>", "0 0 32 32"), seed);

      assertThat(largestDifference(inked, bare)).as("seed %d", seed).isGreaterThan(60);
    }
  }

  private static double redShare(BufferedImage image) {
    int red = 0;
    for (int i = 0; i < 224 * 224; i++) {
      red += image.getRGB(i % 224, i / 224) == 0xFFFF0000 ? 1 : 0;
    }
    return red / (224.0 * 224.0);
  }

  private static double largestDifference(BufferedImage one, BufferedImage other) {
    double most = 0;
    for (int i = 0; i < 224 * 224; i++) {
      most =
          Math.max(
              most,
              Math.abs(luma(one.getRGB(i % 224, i / 224)) - luma(other.getRGB(i % 224, i / 224))));
    }
    return most;
  }

  private static double luma(int rgb) {
    var colour = new Color(rgb);
    return 0.299 * colour.getRed() + 0.587 * colour.getGreen() + 0.114 * colour.getBlue();
  }
}
