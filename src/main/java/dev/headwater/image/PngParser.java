package dev.headwater.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Walks a PNG file's chunks up to IEND and checks the checksums of those that make up the image.
 *
 * <p>Other chunks are left out of the image handed to the decoder, so that a compressed text or
 * profile cannot make it allocate. The first colour profile is inflated here, up to a limit; any
 * further one, which PNG forbids, is ignored, since a small file could hold thousands of large
 * ones. Image data becomes one chunk: the decoder opens a stream for each.
 */
final class PngParser {
  private static final int SIGNATURE_BYTES = 8;
  private static final int CRC_BYTES = 4;
  private static final int MAX_PROFILE_NAME = 79;
  private static final byte[] DATA = "IDAT".getBytes(ISO_8859_1);
  private static final byte[] END = "\0\0\0\0IEND\u00aeB`\u0082".getBytes(ISO_8859_1);

  private final byte[] file;
  private final ImageLimits limits;
  private final ByteCursor in;
  private final ByteArrayOutputStream essence;
  private final CRC32 dataChecksum = new CRC32();
  private int width;
  private int height;
  private boolean standardRgb;
  private boolean hasProfile;
  private int dataStart = -1;
  private boolean complete;
  private Orientation orientation = Orientation.NORMAL;
  private Optional<ProfileBytes> profile = Optional.empty();

  private PngParser(byte[] file, ImageLimits limits) {
    this.file = file;
    this.limits = limits;
    this.in = new ByteCursor(ImageFormat.PNG, file, SIGNATURE_BYTES);
    this.essence = new ByteArrayOutputStream(file.length + 12);
  }

  static EncodedImage parse(byte[] file, ImageLimits limits) throws ImageRejectedException {
    return new PngParser(file, limits).parse();
  }

  private EncodedImage parse() throws ImageRejectedException {
    essence.write(file, 0, SIGNATURE_BYTES);
    readHeader();
    while (!complete && (in.remaining() > 0 || !hasData())) {
      readChunk();
    }
    if (!hasData()) {
      throw Rejections.corrupt(ImageFormat.PNG, "no image data (IDAT) before the end mark");
    }
    var image =
        EncodedImage.plain(ImageFormat.PNG, width, height, finishedEssence())
            .with(orientation, standardRgb ? Optional.empty() : profile);
    return complete ? image : image.withoutEndMark();
  }

  private boolean hasData() {
    return dataStart >= 0;
  }

  private byte[] finishedEssence() {
    int dataBytes = essence.size() - dataStart;
    essence.writeBytes(ByteBuffer.allocate(4).putInt((int) dataChecksum.getValue()).array());
    essence.writeBytes(END);
    byte[] finished = essence.toByteArray();
    ByteBuffer.wrap(finished).putInt(dataStart - DATA.length - 4, dataBytes);
    return finished;
  }

  /** Checks the size before anything else: the rest of the file may be missing. */
  private void readHeader() throws ImageRejectedException {
    long length = in.u32();
    in.require(4 + 8);
    String type = typeAt(in.position());
    if (!type.equals("IHDR") || length != 13) {
      throw Rejections.corrupt(
          ImageFormat.PNG,
          "first chunk of %d bytes is not a header of 13 bytes (IHDR)".formatted(length));
    }
    in.skip(4);
    long columns = in.u32();
    long rows = in.u32();
    limits.checkPixels(ImageFormat.PNG, columns, rows);
    width = (int) columns;
    height = (int) rows;
    in.skip(5L + CRC_BYTES);
    keep(SIGNATURE_BYTES + 8, 13, "IHDR");
  }

  private void readChunk() throws ImageRejectedException {
    long length = in.u32();
    in.require(4 + length + CRC_BYTES);
    String type = typeAt(in.position());
    int start = in.position() + 4;
    in.skip(4 + length + CRC_BYTES);
    interpret(type, start, (int) length);
  }

  private void interpret(String type, int start, int length) throws ImageRejectedException {
    switch (type) {
      case "PLTE", "tRNS" -> keepBeforeData(start, length, type);
      case "IDAT" -> appendData(start, length);
      case "IEND" -> {
        requireChecksum(start, length, type);
        complete = true;
      }
      case "sRGB" -> standardRgb = true;
      case "iCCP" -> readProfile(start, length);
      case "eXIf" -> orientation = Orientation.ofExif(file, start, length);
      default -> requireAncillary(type);
    }
  }

  /** A chunk whose name begins with a capital must be understood (PNG 3rd edition, 5.4). */
  private static void requireAncillary(String type) throws ImageRejectedException {
    if (Character.isUpperCase(type.charAt(0))) {
      throw Rejections.corrupt(ImageFormat.PNG, "a critical chunk of a type PNG does not define");
    }
  }

  private void keepBeforeData(int start, int length, String type) throws ImageRejectedException {
    if (!hasData()) {
      keep(start, length, type);
    }
  }

  private void keep(int start, int length, String type) throws ImageRejectedException {
    requireChecksum(start, length, type);
    essence.write(file, start - 8, length + 8 + CRC_BYTES);
  }

  private void appendData(int start, int length) throws ImageRejectedException {
    requireChecksum(start, length, "IDAT");
    if (!hasData()) {
      essence.writeBytes(new byte[4]); // its length, once it is known
      essence.writeBytes(DATA);
      dataChecksum.update(DATA);
      dataStart = essence.size();
    }
    essence.write(file, start, length);
    dataChecksum.update(file, start, length);
  }

  private void requireChecksum(int start, int length, String type) throws ImageRejectedException {
    var checksum = new CRC32();
    checksum.update(file, start - 4, length + 4);
    long stated = new ByteCursor(ImageFormat.PNG, file, start + length).u32();
    if (checksum.getValue() != stated) {
      throw Rejections.corrupt(
          ImageFormat.PNG,
          "checksum of chunk %s is %08x, expected %08x"
              .formatted(type, checksum.getValue(), stated));
    }
  }

  private void readProfile(int start, int length) {
    if (!hasProfile) {
      hasProfile = true;
      profile = inflateProfile(start, length);
    }
  }

  /** Returns the profile of an iCCP chunk: a name, a zero, the method, and a zlib stream. */
  private Optional<ProfileBytes> inflateProfile(int start, int length) {
    int name = 0;
    while (name < Math.min(length, MAX_PROFILE_NAME + 1) && file[start + name] != 0) {
      name++;
    }
    int compressed = start + name + 2;
    if (compressed >= start + length) {
      return Optional.empty();
    }
    var inflater = new Inflater();
    try {
      inflater.setInput(file, compressed, start + length - compressed);
      return inflate(inflater);
    } catch (DataFormatException broken) {
      return Optional.empty(); // a profile that cannot be read is ignored, as documented
    } finally {
      inflater.end();
    }
  }

  private static Optional<ProfileBytes> inflate(Inflater inflater) throws DataFormatException {
    var inflated = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    while (!inflater.finished() && inflated.size() <= ProfileBytes.MAX_LENGTH) {
      int count = inflater.inflate(buffer);
      if (count == 0) {
        break;
      }
      inflated.write(buffer, 0, count);
    }
    return inflater.finished() && inflated.size() <= ProfileBytes.MAX_LENGTH
        ? Optional.of(ProfileBytes.copyOf(inflated.toByteArray(), 0, inflated.size()))
        : Optional.empty();
  }

  private String typeAt(int position) {
    return new String(file, position, 4, ISO_8859_1);
  }
}
