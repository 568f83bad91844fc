package dev.headwater.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.headwater.image.ImageRejectedException.Reason;
import java.io.ByteArrayOutputStream;

/**
 * Walks a JPEG file's segments (ITU-T T.81, annex B) up to its end-of-image mark.
 *
 * <p>Application and comment segments are left out of the image handed to the decoder: the decoder
 * then neither allocates for them nor guesses a colour space from them. What they say about colour
 * and orientation is read here. Bytes after the end mark are ignored.
 */
final class JpegParser {
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int DHT = 0xc4;
  private static final int DQT = 0xdb;
  private static final int DRI = 0xdd;
  private static final int APP0 = 0xe0;
  private static final int APP1 = 0xe1;
  private static final int APP2 = 0xe2;
  private static final int APP14 = 0xee;
  private static final String EXIF = "Exif\0\0";

  /** A progressive encoder writes 10 to 14 scans; each costs a pass over the whole image. */
  private static final int MAX_SCANS = 100;

  /**
   * Samples that scans may pass over, for each pixel that an image may have. The usual progressive
   * RGB file passes over 14 for each of its own.
   */
  private static final int MAX_SAMPLES_A_PIXEL = 16;

  private final byte[] file;
  private final ImageLimits limits;
  private final ByteCursor in;
  private final ByteArrayOutputStream essence;
  private final JpegProfile profile = new JpegProfile();
  private JpegFrame frame;
  private boolean jfif;
  private int adobeTransform = JpegFrame.NO_ADOBE_MARKER;
  private Orientation orientation = Orientation.NORMAL;
  private boolean complete;

  private JpegParser(byte[] file, ImageLimits limits) {
    this.file = file;
    this.limits = limits;
    this.in = new ByteCursor(ImageFormat.JPEG, file, 2);
    this.essence = new ByteArrayOutputStream(file.length + 4);
  }

  static EncodedImage parse(byte[] file, ImageLimits limits) throws ImageRejectedException {
    return new JpegParser(file, limits).parse();
  }

  private EncodedImage parse() throws ImageRejectedException {
    writeMarker(SOI);
    while (in.remaining() > 0 && !complete) {
      readSegment(nextMarker());
    }
    requireImage();
    writeMarker(EOI);
    var image =
        EncodedImage.plain(ImageFormat.JPEG, frame.width(), frame.height(), essence.toByteArray())
            .encodedAs(frame.encoding(jfif, adobeTransform))
            .with(orientation, profile.assembled());
    return complete ? image : image.withoutEndMark();
  }

  /** Accepts a file without an end mark only if every scan that its image needs has begun. */
  private void requireImage() throws ImageRejectedException {
    if (frame != null && frame.scans() > 0 && (complete || frame.hasAllScans())) {
      return;
    }
    String missing = frame == null ? "frame header" : "scan";
    if (complete) {
      throw Rejections.corrupt(ImageFormat.JPEG, "no " + missing + " before the end mark");
    }
    throw Rejections.truncated(
        ImageFormat.JPEG,
        "%s bytes found, and a %s and the end mark are missing"
            .formatted(Rejections.grouped(file.length), missing));
  }

  /** Returns the next marker's code, past any stray or fill bytes, or EOI's place taken by 0. */
  private int nextMarker() throws ImageRejectedException {
    int value = in.u8();
    while (in.remaining() > 0) {
      int next = in.u8();
      if (value == 0xff && next != 0xff && next != 0) {
        return next;
      }
      value = next;
    }
    return 0;
  }

  private void readSegment(int marker) throws ImageRejectedException {
    if (marker == EOI) {
      complete = true;
    } else if (marker > 1 && marker != SOI && !isRestart(marker)) {
      int start = in.position();
      int length = in.u16();
      if (length < 2) {
        throw Rejections.corrupt(
            ImageFormat.JPEG,
            "segment 0x%02x of %d bytes, expected at least 2".formatted(marker, length));
      }
      in.skip(length - 2);
      interpret(marker, start + 2, length - 2);
    }
  }

  private void interpret(int marker, int start, int length) throws ImageRejectedException {
    switch (marker) {
      case DHT, DQT, DRI -> copy(marker, start, length);
      case SOS -> readScan(start, length);
      case APP0 -> jfif |= startsWith(start, length, "JFIF\0");
      case APP1 -> readExif(start, length);
      case APP2 -> profile.add(file, start, length);
      case APP14 -> readAdobe(start, length);
      default -> {
        if (marker >= 0xc0 && marker <= 0xcf && marker != 0xcc) {
          readFrame(marker, start, length);
        }
      }
    }
  }

  private void readFrame(int marker, int start, int length) throws ImageRejectedException {
    if (frame != null) {
      throw Rejections.corrupt(ImageFormat.JPEG, "two frame headers, expected one");
    }
    frame = JpegFrame.parse(marker, new ByteCursor(ImageFormat.JPEG, file, start), length);
    limits.checkPixels(ImageFormat.JPEG, frame.width(), frame.height());
    copy(marker, start, length);
  }

  private void readScan(int start, int length) throws ImageRejectedException {
    if (frame == null) {
      throw Rejections.corrupt(ImageFormat.JPEG, "a scan before the frame header");
    }
    frame.addScan(new ByteCursor(ImageFormat.JPEG, file, start), length);
    requireFewScans();
    copy(SOS, start, length);
    int data = in.position();
    int end = endOfEntropyCodedData(data);
    essence.write(file, data, end - data);
    in.skip(end - data);
  }

  private void requireFewScans() throws ImageRejectedException {
    if (frame.scans() > MAX_SCANS) {
      throw Rejections.corrupt(ImageFormat.JPEG, "more than %d scans".formatted(MAX_SCANS));
    }
    if (frame.scannedSamples() / MAX_SAMPLES_A_PIXEL > limits.maxPixels()) {
      throw new ImageRejectedException(
          Reason.TOO_MANY_PIXELS,
          "JPEG file: %d scans of %s x %s pixels pass over more than %d times the %s pixels allowed"
              .formatted(
                  frame.scans(),
                  Rejections.grouped(frame.width()),
                  Rejections.grouped(frame.height()),
                  MAX_SAMPLES_A_PIXEL,
                  Rejections.grouped(limits.maxPixels())));
    }
  }

  /** Returns where the next marker begins, other than a stuffed 0xff or a restart. */
  private int endOfEntropyCodedData(int from) {
    for (int i = from; i + 1 < file.length; i++) {
      if (file[i] == (byte) 0xff) {
        int next = file[i + 1] & 0xff;
        if (next != 0 && next != 0xff && !isRestart(next)) {
          return i;
        }
      }
    }
    return file.length;
  }

  private void readExif(int start, int length) {
    if (startsWith(start, length, EXIF)) {
      int skipped = EXIF.length();
      orientation = Orientation.ofExif(file, start + skipped, length - skipped);
    }
  }

  private void readAdobe(int start, int length) {
    if (length >= 12 && startsWith(start, length, "Adobe")) {
      adobeTransform = file[start + 11] & 0xff;
    }
  }

  private boolean startsWith(int start, int length, String prefix) {
    return length >= prefix.length()
        && new String(file, start, prefix.length(), ISO_8859_1).equals(prefix);
  }

  private void copy(int marker, int start, int length) {
    writeMarker(marker);
    essence.write(file, start - 2, length + 2);
  }

  private void writeMarker(int marker) {
    essence.write(0xff);
    essence.write(marker);
  }

  private static boolean isRestart(int marker) {
    return marker >= 0xd0 && marker <= 0xd7;
  }
}
