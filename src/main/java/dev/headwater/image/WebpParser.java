package dev.headwater.image;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * Walks a WebP file's chunks up to the end of its first image, which becomes a file of its own: a
 * lone VP8 or VP8L chunk, or a VP8 chunk with its alpha plane.
 */
final class WebpParser {
  private static final int VP8 = fourCc("VP8 ");
  private static final int VP8L = fourCc("VP8L");
  private static final int VP8X = fourCc("VP8X");
  private static final int ALPH = fourCc("ALPH");
  private static final int ANMF = fourCc("ANMF");
  private static final int ICCP = fourCc("ICCP");
  private static final int EXIF = fourCc("EXIF");
  private static final int RIFF_HEADER_BYTES = 12;
  private static final int FRAME_HEADER_BYTES = 16;
  private static final int ALPHA_FLAG = 0x10;
  private static final int EXIF_PREFIX_BYTES = 6;
  private static final int VP8L_HEADER_BYTES = 5;
  private static final int ALPHA_COMPRESSION = 3;
  private static final int ALPHA_LOSSLESS = 1;

  /** Zeros after the image, which a bit reader may run into; further on, data is missing. */
  private static final int READ_AHEAD_BYTES = 16;

  private final byte[] file;
  private final ImageLimits limits;
  private final ByteCursor in;
  private int canvasWidth;
  private int canvasHeight;
  private int frameX;
  private int frameY;
  private Chunk alpha;
  private EncodedImage image;
  private Orientation orientation = Orientation.NORMAL;
  private Optional<ProfileBytes> profile = Optional.empty();

  private record Chunk(int type, int start, int length) {}

  private WebpParser(byte[] file, ImageLimits limits) {
    this.file = file;
    this.limits = limits;
    this.in = new ByteCursor(ImageFormat.WEBP, file, 4);
  }

  static EncodedImage parse(byte[] file, ImageLimits limits) throws ImageRejectedException {
    return new WebpParser(file, limits).parse();
  }

  private EncodedImage parse() throws ImageRejectedException {
    long end = 8 + in.u32le();
    in.skip(4);
    checkFirstSize();
    if (end > file.length) {
      throw Rejections.truncated(
          ImageFormat.WEBP,
          "%s bytes found, %s expected"
              .formatted(Rejections.grouped(file.length), Rejections.grouped(end)));
    }
    while (in.position() + 8 <= end) {
      Chunk chunk = nextChunk();
      interpret(chunk);
      in.skip(Math.min(paddedLength(chunk.length), in.remaining()));
    }
    if (image == null) {
      throw Rejections.corrupt(ImageFormat.WEBP, "no image data (VP8 or VP8L)");
    }
    return image.onCanvas(canvasWidth, canvasHeight, frameX, frameY).with(orientation, profile);
  }

  /** Checks the size that the first chunk states before the file's length: it may be cut short. */
  private void checkFirstSize() throws ImageRejectedException {
    var ahead = new ByteCursor(ImageFormat.WEBP, file, RIFF_HEADER_BYTES);
    int type = (int) ahead.u32le();
    ahead.skip(4);
    if (type == VP8X) {
      readCanvas(ahead);
    } else {
      long size = sizeOf(type, ahead);
      canvasWidth = (int) (size >>> 32);
      canvasHeight = (int) size;
      limits.checkPixels(ImageFormat.WEBP, canvasWidth, canvasHeight);
    }
  }

  private Chunk nextChunk() throws ImageRejectedException {
    int type = (int) in.u32le();
    long length = in.u32le();
    in.require(length);
    return new Chunk(type, in.position(), (int) length);
  }

  private void interpret(Chunk chunk) throws ImageRejectedException {
    if (chunk.type == ICCP && chunk.length <= ProfileBytes.MAX_LENGTH) {
      profile = Optional.of(ProfileBytes.copyOf(file, chunk.start, chunk.length));
    } else if (chunk.type == EXIF) {
      readExif(chunk);
    } else if (chunk.type == ANMF && image == null) {
      readAnimationFrame(chunk);
    } else {
      readImage(chunk);
    }
  }

  private void readCanvas(ByteCursor ahead) throws ImageRejectedException {
    ahead.skip(4);
    canvasWidth = ahead.u24le() + 1;
    canvasHeight = ahead.u24le() + 1;
    limits.checkPixels(ImageFormat.WEBP, canvasWidth, canvasHeight);
  }

  private void readAnimationFrame(Chunk chunk) throws ImageRejectedException {
    if (chunk.length < FRAME_HEADER_BYTES) {
      throw Rejections.corrupt(
          ImageFormat.WEBP,
          "animation frame of %d bytes, expected at least %d"
              .formatted(chunk.length, FRAME_HEADER_BYTES));
    }
    var frame = new ByteCursor(ImageFormat.WEBP, file, chunk.start);
    frameX = 2 * frame.u24le();
    frameY = 2 * frame.u24le();
    frame.skip(FRAME_HEADER_BYTES - 6L);
    int end = chunk.start + chunk.length;
    while (image == null && frame.position() + 8 <= end) {
      int type = (int) frame.u32le();
      long length = frame.u32le();
      if (length > end - frame.position()) {
        throw Rejections.corrupt(ImageFormat.WEBP, "a chunk is longer than the frame it is in");
      }
      readImage(new Chunk(type, frame.position(), (int) length));
      frame.skip(Math.min(paddedLength(length), frame.remaining()));
    }
  }

  private void readImage(Chunk chunk) throws ImageRejectedException {
    if (chunk.type == ALPH) {
      alpha = chunk;
    } else if (image == null && (chunk.type == VP8 || chunk.type == VP8L)) {
      long size = sizeOf(chunk.type, new ByteCursor(ImageFormat.WEBP, file, chunk.start));
      int width = (int) (size >>> 32);
      int height = (int) size;
      limits.checkPixels(ImageFormat.WEBP, width, height);
      requireInsideCanvas(width, height);
      checkLossless(chunk, width, height);
      image = EncodedImage.plain(ImageFormat.WEBP, width, height, essence(chunk, width, height));
    }
  }

  private void checkLossless(Chunk chunk, int width, int height) throws ImageRejectedException {
    if (chunk.type == VP8L) {
      WebpLosslessHead.check(bits(chunk, VP8L_HEADER_BYTES), width, height);
    } else if (alpha != null
        && alpha.length > 0
        && (file[alpha.start] & ALPHA_COMPRESSION) == ALPHA_LOSSLESS) {
      WebpLosslessHead.check(bits(alpha, 1), width, height);
    }
  }

  private WebpBits bits(Chunk chunk, int skipped) {
    return new WebpBits(file, chunk.start + skipped, chunk.start + chunk.length);
  }

  private void requireInsideCanvas(int width, int height) throws ImageRejectedException {
    if ((long) frameX + width > canvasWidth || (long) frameY + height > canvasHeight) {
      throw Rejections.corrupt(
          ImageFormat.WEBP,
          "image of %d x %d pixels at %d, %d, outside its canvas of %d x %d"
              .formatted(width, height, frameX, frameY, canvasWidth, canvasHeight));
    }
  }

  /** Returns width and height, in the upper and lower half, from the head of VP8 or VP8L data. */
  private static long sizeOf(int type, ByteCursor data) throws ImageRejectedException {
    if (type == VP8L) {
      data.skip(1);
      long bits = data.u32le();
      return ((bits & 0x3fff) + 1) << 32 | ((bits >> 14 & 0x3fff) + 1);
    }
    if (type != VP8) {
      throw Rejections.corrupt(ImageFormat.WEBP, "first chunk is none of VP8, VP8L and VP8X");
    }
    data.skip(6);
    long width = data.u16le() & 0x3fff;
    return width << 32 | (data.u16le() & 0x3fff);
  }

  private void readExif(Chunk chunk) {
    boolean prefixed = chunk.length > EXIF_PREFIX_BYTES && file[chunk.start] == 'E';
    int skipped = prefixed ? EXIF_PREFIX_BYTES : 0;
    orientation = Orientation.ofExif(file, chunk.start + skipped, chunk.length - skipped);
  }

  private byte[] essence(Chunk chunk, int width, int height) {
    var chunks = new ByteArrayOutputStream(chunk.length + 64);
    if (alpha != null && chunk.type == VP8) {
      writeU32(chunks, VP8X);
      writeU32(chunks, 10);
      writeU32(chunks, ALPHA_FLAG);
      writeU24(chunks, width - 1);
      writeU24(chunks, height - 1);
      writeChunk(chunks, alpha);
    }
    writeChunk(chunks, chunk);
    var essence = new ByteArrayOutputStream(chunks.size() + RIFF_HEADER_BYTES);
    writeU32(essence, fourCc("RIFF"));
    writeU32(essence, chunks.size() + 4);
    writeU32(essence, fourCc("WEBP"));
    essence.writeBytes(chunks.toByteArray());
    essence.writeBytes(new byte[READ_AHEAD_BYTES]);
    return essence.toByteArray();
  }

  private void writeChunk(ByteArrayOutputStream out, Chunk chunk) {
    writeU32(out, chunk.type);
    writeU32(out, chunk.length);
    out.write(file, chunk.start, chunk.length);
    if (chunk.length % 2 == 1) {
      out.write(0);
    }
  }

  private static long paddedLength(long length) {
    return length + (length & 1);
  }

  private static void writeU24(ByteArrayOutputStream out, int value) {
    out.write(value);
    out.write(value >> 8);
    out.write(value >> 16);
  }

  private static void writeU32(ByteArrayOutputStream out, int value) {
    writeU24(out, value);
    out.write(value >> 24);
  }

  private static int fourCc(String name) {
    return name.charAt(0) | name.charAt(1) << 8 | name.charAt(2) << 16 | name.charAt(3) << 24;
  }
}
