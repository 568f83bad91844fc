package dev.headwater.image;

import java.util.Arrays;

/** A JPEG's frame header, and which of its coefficients the scans seen so far have delivered. */
final class JpegFrame {
  static final int NO_ADOBE_MARKER = -1;
  private static final int PROGRESSIVE = 0xc2;
  private static final int COEFFICIENTS = 64;
  private static final int YCCK = 2;

  private final boolean progressive;
  private final int width;
  private final int height;
  private final int[] componentIds;

  /** The lowest bit position known of each component's coefficients; -1 where none is. */
  private final int[][] lowestBit;

  private int scans;
  private long scannedSamples;

  private JpegFrame(boolean progressive, int width, int height, int[] componentIds) {
    this.progressive = progressive;
    this.width = width;
    this.height = height;
    this.componentIds = componentIds;
    this.lowestBit = new int[componentIds.length][COEFFICIENTS];
    for (int[] component : lowestBit) {
      Arrays.fill(component, -1);
    }
  }

  static JpegFrame parse(int marker, ByteCursor in, int length) throws ImageRejectedException {
    if (marker > PROGRESSIVE) {
      throw Rejections.corrupt(
          ImageFormat.JPEG,
          "coding process SOF%d, expected baseline, extended or progressive Huffman coding"
              .formatted(marker - 0xc0));
    }
    int precision = in.u8();
    int height = in.u16();
    int width = in.u16();
    int components = in.u8();
    if (precision != 8 || (components != 1 && components != 3 && components != 4)) {
      throw Rejections.corrupt(
          ImageFormat.JPEG,
          "%d components of %d bits, expected 1, 3 or 4 of 8 bits"
              .formatted(components, precision));
    }
    if (length < 6 + 3 * components) {
      throw Rejections.corrupt(
          ImageFormat.JPEG,
          "frame header of %d bytes, expected %d".formatted(length, 6 + 3 * components));
    }
    int[] ids = new int[components];
    for (int i = 0; i < components; i++) {
      ids[i] = in.u8();
      in.skip(2);
    }
    return new JpegFrame(marker == PROGRESSIVE, width, height, ids);
  }

  /** Notes what a scan delivers, from its header. */
  void addScan(ByteCursor in, int length) throws ImageRejectedException {
    int count = in.u8();
    if (length < 4 + 2 * count) {
      throw Rejections.corrupt(
          ImageFormat.JPEG,
          "scan header of %d bytes, expected %d".formatted(length, 4 + 2 * count));
    }
    int[] ids = new int[count];
    for (int i = 0; i < count; i++) {
      ids[i] = in.u8();
      in.skip(1);
    }
    int first = progressive ? in.u8() : 0;
    int last = progressive ? in.u8() : COEFFICIENTS - 1;
    int bit = progressive ? in.u8() & 0x0f : 0;
    for (int id : ids) {
      markDelivered(id, first, last, bit);
    }
    scans++;
    scannedSamples += (long) count * width * height;
  }

  private void markDelivered(int id, int first, int last, int bit) {
    for (int i = 0; i < componentIds.length; i++) {
      if (componentIds[i] == id && first <= last && last < COEFFICIENTS) {
        Arrays.fill(lowestBit[i], first, last + 1, bit);
      }
    }
  }

  /** Whether all bits of all coefficients have been delivered, if each scan is whole. */
  boolean hasAllScans() {
    return Arrays.stream(lowestBit).flatMapToInt(Arrays::stream).allMatch(bit -> bit == 0);
  }

  int scans() {
    return scans;
  }

  /** Returns how many samples the scans so far pass over, as if no component were subsampled. */
  long scannedSamples() {
    return scannedSamples;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Returns what the samples mean, by libjpeg's rules; 4 channels without Adobe's mark are ink. */
  SampleEncoding encoding(boolean jfif, int adobeTransform) {
    if (componentIds.length == 4) {
      return switch (adobeTransform) {
        case NO_ADOBE_MARKER -> SampleEncoding.DIRECT;
        case YCCK -> SampleEncoding.INVERTED_YCCK;
        default -> SampleEncoding.INVERTED_CMYK;
      };
    }
    boolean unmarked = !jfif && adobeTransform == NO_ADOBE_MARKER;
    boolean rgb =
        componentIds.length == 1
            || (!jfif && adobeTransform == 0)
            || (unmarked && Arrays.equals(componentIds, new int[] {'R', 'G', 'B'}));
    return rgb ? SampleEncoding.DIRECT : SampleEncoding.YCBCR;
  }
}
