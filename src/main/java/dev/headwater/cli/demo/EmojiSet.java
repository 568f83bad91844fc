package dev.headwater.cli.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The demo's stream: food against animals, in the styles of four vendors, one after the other.
 *
 * <p>For each vendor the emoji come in random order, as many of the one class as of the other, and
 * again, painted anew, when all have been shown. Everything follows from the seed.
 */
public final class EmojiSet {
  /** The class labelled 1: the alphabetically second. */
  public static final String POSITIVE = EmojiClasses.FOOD;

  private EmojiSet() {}

  /**
   * Fetches what is missing and plans the pictures; each is painted only when asked for.
   *
   * @param packages where the drawings are
   * @param perDomain how many pictures a vendor
   * @param seed of order, backgrounds, sizes, places and turns
   * @param say told of slow steps
   */
  public static List<LabelledImage> plan(
      EmojiPackages packages, int perDomain, long seed, Consumer<String> say) {
    var vendors = EmojiVendor.ALL;
    var tarballs = packages.fetch(vendors, say);
    var images = new ArrayList<LabelledImage>();
    for (int i = 0; i < vendors.size(); i++) {
      var icons = new IconifyTarball(tarballs.get(i)).icons();
      images.addAll(domain(vendors.get(i).domain(), icons, perDomain, new Random(seed + i)));
    }
    return images;
  }

  /** The pictures of one vendor. */
  static List<LabelledImage> domain(
      String domain, List<EmojiIcon> icons, int count, Random random) {
    var foods = new Deck(icons.stream().filter(EmojiSet::isPositive).toList(), random);
    var animals = new Deck(icons.stream().filter(icon -> !isPositive(icon)).toList(), random);
    var chosen =
        new ArrayList<>(
            IntStream.range(0, count)
                .mapToObj(i -> i % 2 == 0 ? foods.next() : animals.next())
                .toList());
    Collections.shuffle(chosen, random);
    var painter = new EmojiPainter();
    var images = new ArrayList<LabelledImage>();
    for (var icon : chosen) {
      long look = random.nextLong();
      images.add(new LabelledImage(domain, icon.className(), () -> painter.png(icon, look)));
    }
    return images;
  }

  private static boolean isPositive(EmojiIcon icon) {
    return icon.className().equals(POSITIVE);
  }

  /** Icons drawn without putting back, and shuffled anew when all are drawn. */
  private static final class Deck {
    private final List<EmojiIcon> icons;
    private final Random random;
    private int next;

    private Deck(List<EmojiIcon> icons, Random random) {
      if (icons.isEmpty()) {
        throw new IllegalArgumentException("a class without emoji");
      }
      this.icons = new ArrayList<>(icons);
      this.random = random;
    }

    private EmojiIcon next() {
      if (next == 0) {
        Collections.shuffle(icons, random);
      }
      var icon = icons.get(next);
      next = (next + 1) % icons.size();
      return icon;
    }
  }
}
