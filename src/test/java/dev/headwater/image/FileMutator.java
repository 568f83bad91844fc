package dev.headwater.image;

import static dev.headwater.image.FileParts.join;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Breaks image files, at random and along their structure; a seed gives the same file again. */
final class FileMutator {
  private static final long[] EXTREMES = {
    0,
    1,
    2,
    7,
    255,
    256,
    4_999,
    5_000,
    32_767,
    32_768,
    65_500,
    65_535,
    65_536,
    16_777_215,
    25_000_000,
    0x7fffffff,
    0x80000000L,
    0xffffffffL
  };

  private final List<Original> originals;

  /** A file that decodes. */
  record Original(String name, ImageFormat format, byte[] file, FileLayout layout) {
    static Original of(String name, byte[] file) throws ImageRejectedException {
      var format = ImageFormat.of(file);
      return new Original(name, format, file, FileLayout.of(format, file));
    }
  }

  /** What was done to a file, most of which keeps its structure so as to get past the parser. */
  enum Kind {
    BITS,
    HEAD_BITS,
    BYTES,
    SPLICE,
    TRUNCATE,
    APPEND,
    LENGTH,
    SIZE,
    DUPLICATE,
    FLOOD,
    REMOVE,
    SWAP
  }

  /** A broken file, and how it came about. */
  record Mutation(Original original, List<Kind> kinds, byte[] file) {}

  FileMutator(List<Original> originals) {
    this.originals = List.copyOf(originals);
  }

  Mutation mutate(long seed) {
    var random = new SplittableRandom(seed);
    Original original = draw(random);
    Kind[] kinds = new Kind[1 + random.nextInt(3) / 2];
    byte[] file = original.file.clone();
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = Kind.values()[random.nextInt(Kind.values().length)];
      file = file.length == 0 ? file : apply(kinds[i], file, original.layout, random);
    }
    if (original.format == ImageFormat.PNG && random.nextInt(10) > 0) {
      FileLayout.repairPngChecksums(file);
    }
    return new Mutation(original, List.of(kinds), file);
  }

  /** Draws a format first, so that the ones of few files get their share. */
  private Original draw(SplittableRandom random) {
    var format = ImageFormat.values()[random.nextInt(ImageFormat.values().length)];
    var candidates = originals.stream().filter(original -> original.format == format).toList();
    return candidates.get(random.nextInt(candidates.size()));
  }

  private byte[] apply(Kind kind, byte[] file, FileLayout layout, SplittableRandom random) {
    return switch (kind) {
      case BITS -> flip(file, file.length, random);
      case HEAD_BITS -> flip(file, Math.min(file.length, 160), random);
      case BYTES -> overwrite(file, random);
      case SPLICE -> splice(file, random);
      case TRUNCATE -> Arrays.copyOf(file, random.nextInt(file.length));
      case APPEND -> join(file, noise(1 + random.nextInt(2_000), random));
      case LENGTH -> extreme(file, layout.lengths(), random);
      case SIZE -> extreme(file, layout.sizes(), random);
      case DUPLICATE -> rearranged(file, layout, 2, random);
      case FLOOD -> rearranged(file, layout, 2 + random.nextInt(1_000), random);
      case REMOVE -> rearranged(file, layout, 0, random);
      case SWAP -> swapped(file, layout, random);
    };
  }

  private static byte[] flip(byte[] file, int below, SplittableRandom random) {
    int flips = 1 + random.nextInt(8);
    for (int i = 0; i < flips; i++) {
      file[random.nextInt(below)] ^= (byte) (1 << random.nextInt(8));
    }
    return file;
  }

  private static byte[] overwrite(byte[] file, SplittableRandom random) {
    int at = random.nextInt(file.length);
    byte[] noise = noise(Math.min(1 + random.nextInt(32), file.length - at), random);
    if (random.nextBoolean()) {
      Arrays.fill(noise, (byte) (random.nextBoolean() ? 0xff : 0));
    }
    System.arraycopy(noise, 0, file, at, noise.length);
    return file;
  }

  private byte[] splice(byte[] file, SplittableRandom random) {
    byte[] other = originals.get(random.nextInt(originals.size())).file;
    int from = random.nextInt(other.length);
    byte[] piece =
        Arrays.copyOfRange(other, from, Math.min(other.length, from + 1 + random.nextInt(4_000)));
    int at = random.nextInt(file.length);
    int resume = random.nextBoolean() ? at : Math.min(file.length, at + piece.length);
    return join(Arrays.copyOf(file, at), piece, Arrays.copyOfRange(file, resume, file.length));
  }

  private static byte[] extreme(
      byte[] file, List<FileLayout.Field> fields, SplittableRandom random) {
    if (!fields.isEmpty()) {
      long value = EXTREMES[random.nextInt(EXTREMES.length)];
      fields.get(random.nextInt(fields.size())).write(file, value);
    }
    return file;
  }

  /** Repeats one part that many times, often in another place. */
  private static byte[] rearranged(
      byte[] file, FileLayout layout, int times, SplittableRandom random) {
    int part = random.nextInt(layout.parts().size());
    int start = start(layout, part, file);
    int end = start(layout, part + 1, file);
    int count = (end - start) * times > 1 << 20 ? 2 : times;
    byte[] repeated = FileParts.times(count, Arrays.copyOfRange(file, start, end));
    byte[] rest = join(Arrays.copyOf(file, start), Arrays.copyOfRange(file, end, file.length));
    boolean elsewhere = random.nextInt(3) == 0;
    int at = elsewhere ? start(layout, random.nextInt(layout.parts().size()), rest) : start;
    return FileParts.insert(rest, Math.min(at, rest.length), repeated);
  }

  private static byte[] swapped(byte[] file, FileLayout layout, SplittableRandom random) {
    int first = random.nextInt(layout.parts().size());
    int a = start(layout, first, file);
    int b = start(layout, first + 1, file);
    int c = start(layout, first + 2, file);
    return join(
        Arrays.copyOf(file, a),
        Arrays.copyOfRange(file, b, c),
        Arrays.copyOfRange(file, a, b),
        Arrays.copyOfRange(file, c, file.length));
  }

  private static int start(FileLayout layout, int part, byte[] file) {
    int known = Math.min(part, layout.parts().size() - 1);
    return Math.min(layout.parts().get(known), file.length);
  }

  private static byte[] noise(int length, SplittableRandom random) {
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    return noise;
  }
}
