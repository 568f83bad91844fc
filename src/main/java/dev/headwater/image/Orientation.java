package dev.headwater.image;

/** How a stored image has to be turned to stand upright: the eight values of EXIF's tag 0x0112. */
enum Orientation {
  NORMAL(false, false, false),
  MIRRORED(false, true, false),
  ROTATED_180(false, true, true),
  FLIPPED(false, false, true),
  TRANSPOSED(true, false, false),
  TURN_RIGHT(true, true, false),
  TRANSVERSED(true, true, true),
  TURN_LEFT(true, false, true);

  private static final int TAG = 0x0112;
  private static final int SHORT = 3;
  private static final int ENTRY_BYTES = 12;

  private final boolean swapsAxes;
  private final boolean fromRight;
  private final boolean fromBottom;

  Orientation(boolean swapsAxes, boolean fromRight, boolean fromBottom) {
    this.swapsAxes = swapsAxes;
    this.fromRight = fromRight;
    this.fromBottom = fromBottom;
  }

  /** Whether stored rows become columns. */
  boolean swapsAxes() {
    return swapsAxes;
  }

  /** Returns the orientation of an EXIF value, where anything but 2 to 8 is upright. */
  static Orientation ofExifValue(int value) {
    return value >= 1 && value <= values().length ? values()[value - 1] : NORMAL;
  }

  /**
   * Returns what the first directory of an EXIF block (a TIFF header and what follows) says.
   * Metadata that cannot be read says nothing: the image is taken as upright.
   */
  static Orientation ofExif(byte[] file, int offset, int length) {
    if (length < 8 || offset + length > file.length) {
      return NORMAL;
    }
    boolean little = file[offset] == 'I';
    long directory = u32(file, offset + 4, little);
    if (directory + 2 > length) {
      return NORMAL;
    }
    int at = offset + (int) directory;
    int entries = Math.min(u16(file, at, little), (length - (int) directory - 2) / ENTRY_BYTES);
    for (int i = 0; i < entries; i++) {
      int entry = at + 2 + i * ENTRY_BYTES;
      if (u16(file, entry, little) == TAG && u16(file, entry + 2, little) == SHORT) {
        return ofExifValue(u16(file, entry + 8, little));
      }
    }
    return NORMAL;
  }

  /**
   * Returns interleaved RGB values turned upright.
   *
   * @param stored {@code width * height * 3} values; where this swaps axes, in rows of {@code
   *     height} pixels
   * @param width columns of the result
   * @param height rows of the result
   */
  float[] apply(float[] stored, int width, int height) {
    if (this == NORMAL) {
      return stored;
    }
    float[] upright = new float[stored.length];
    for (int y = 0; y < height; y++) {
      int fromY = fromBottom ? height - 1 - y : y;
      for (int x = 0; x < width; x++) {
        int fromX = fromRight ? width - 1 - x : x;
        int pixel = swapsAxes ? fromX * height + fromY : fromY * width + fromX;
        System.arraycopy(stored, pixel * 3, upright, (y * width + x) * 3, 3);
      }
    }
    return upright;
  }

  private static int u16(byte[] file, int at, boolean little) {
    int first = file[at] & 0xff;
    int second = file[at + 1] & 0xff;
    return little ? second << 8 | first : first << 8 | second;
  }

  private static long u32(byte[] file, int at, boolean little) {
    long first = u16(file, at, little);
    long second = u16(file, at + 2, little);
    return little ? second << 16 | first : first << 16 | second;
  }
}
