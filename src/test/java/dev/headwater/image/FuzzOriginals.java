package dev.headwater.image;

import static dev.headwater.image.TestImages.bytes;

import dev.headwater.image.FileMutator.Original;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** Files to be broken: drawn ones, and real ones of the folder that HEADWATER_TEST_SHARED names. */
final class FuzzOriginals {
  private static final int REAL_FILES = 36;
  private static final int LARGEST_REAL_FILE = 60_000;

  private final List<Original> originals = new ArrayList<>();

  private FuzzOriginals() {}

  static List<Original> drawnAndReal(long seed) throws Exception {
    var all = new FuzzOriginals();
    all.addDrawn();
    all.addWebp();
    all.addProfiles();
    String shared = System.getenv("HEADWATER_TEST_SHARED");
    if (shared != null && Files.isDirectory(Path.of(shared, "data"))) {
      all.addReal(Path.of(shared, "data"), new Random(seed));
    }
    return all.originals;
  }

  private void addDrawn() throws Exception {
    var picture = TestImages.picture(48, 40, BufferedImage.TYPE_3BYTE_BGR);
    byte[] jpeg = TestImages.write(picture, "jpg");
    add("drawn", jpeg);
    add("drawn progressive", TestImages.progressiveJpeg(picture));
    add("drawn YCCK", TestImages.withAdobe(TestImages.flatJpeg(9, 99, 199, 250), 2));
    add("drawn turned", TestImages.withSegment(jpeg, 0xe1, TestImages.exif(6, true)));
    add("drawn rgb", TestImages.write(picture, "png"));
    add("drawn gray", TestImages.png(2, 1, 16, 4, new byte[][] {bytes(1, 2, 3, 4, 5, 6, 7, 8)}));
    add("drawn rgb", TestImages.write(picture, "bmp"));
    var indexed = TestImages.picture(48, 40, BufferedImage.TYPE_BYTE_INDEXED);
    for (String format : List.of("png", "gif", "bmp")) {
      add("drawn indexed", TestImages.write(indexed, format));
    }
  }

  private void addWebp() throws Exception {
    add("lossless", TestImages.WEBP_LOSSLESS);
    add("lossless alpha", TestImages.WEBP_LOSSLESS_ALPHA);
    add("lossy", TestImages.WEBP_LOSSY);
    add("lossy alpha", TestImages.WEBP_LOSSY_ALPHA);
    add("animated", TestImages.WEBP_ANIMATED);
    add("turned", TestImages.WEBP_ROTATED);
  }

  private void addProfiles() throws Exception {
    byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    byte[] piece = FileParts.join(FileParts.text("ICC_PROFILE\0"), bytes(1, 1), linear);
    add("profile", TestImages.withSegment(TestImages.flatJpeg(1, 2, 3), 0xe2, piece));
    byte[] chunk = TestImages.pngProfile(new ByteArrayInputStream(linear));
    add("profile", TestImages.png(1, 1, 8, 2, new byte[][] {bytes(1, 2, 3)}, chunk));
  }

  private void addReal(Path folder, Random random) throws Exception {
    List<Path> files = new ArrayList<>();
    try (var found = Files.walk(folder)) {
      found.filter(FuzzOriginals::isSmallImage).sorted().forEach(files::add);
    }
    Collections.shuffle(files, random);
    for (Path file : files.subList(0, Math.min(REAL_FILES, files.size()))) {
      byte[] real = Files.readAllBytes(file);
      String name = folder.relativize(file).toString();
      add(name, real);
      transcode(name, ImageIO.read(new ByteArrayInputStream(real)));
    }
  }

  /** Adds a real picture once more, in the format whose turn it is. */
  private void transcode(String name, BufferedImage picture) throws Exception {
    List<String> formats = List.of("png", "gif", "bmp");
    String format = formats.get(originals.size() / 2 % formats.size());
    var plain =
        new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
    plain.createGraphics().drawImage(picture, 0, 0, null);
    add(name, TestImages.write(plain, format));
  }

  private static boolean isSmallImage(Path file) {
    String name = file.toString();
    try {
      return (name.endsWith(".jpg") || name.endsWith(".png"))
          && Files.size(file) < LARGEST_REAL_FILE;
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private void add(String name, byte[] file) throws ImageRejectedException {
    originals.add(Original.of(name, file));
  }
}
