package dev.headwater.image;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongToIntFunction;

/**
 * Decodes the bytes of an image file to RGB pixels of one size, as TensorFlow and Keras would.
 *
 * <ul>
 *   <li><b>Formats</b>: JPEG, PNG, BMP, GIF and WebP (both with the first frame of an animation, on
 *       its canvas), recognised by their first bytes.
 *   <li><b>Colour</b>: sRGB from 0 to 255. Embedded ICC profiles are applied; a broken profile, one
 *       for another number of channels, or one of unlimited steps (ICC's multiProcessElementsType)
 *       is ignored. CMYK without a profile is multiplied out. Of 16-bit samples the upper byte is
 *       used.
 *   <li><b>Transparency</b>: laid over white, as a viewer shows it. Keras drops the alpha channel
 *       instead, which shows whatever colour an editor happened to leave under transparent pixels;
 *       for opaque images the two are the same.
 *   <li><b>Orientation</b>: EXIF's is applied (JPEG, PNG, WebP), so that images stand upright.
 *   <li><b>Size</b>: bilinear, see {@link BilinearResize}; an image of the right size passes
 *       through unchanged. The aspect ratio is not kept.
 *   <li><b>Limits</b> are checked before any pixel is decoded. Metadata is never handed to a
 *       decoder, and a profile of more than 4 MiB is ignored.
 *   <li><b>Memory</b>: one byte a pixel and channel while an image is decoded, two for 16-bit
 *       files: at most 8 bytes a pixel, 200 MB for the default limit of 25 megapixels. A JPEG of
 *       several scans takes two more a pixel and channel, outside the Java heap. To this come the
 *       file itself, once or twice, and the last 16 colour profiles, of 4 MiB at most.
 *   <li><b>Time</b> grows with pixels and bytes, whatever a file claims: about a second of one core
 *       for the largest image that the default limits allow, and three for lossy WebP.
 *   <li><b>Completeness</b>: a file whose image data ends early is refused; one that lacks no more
 *       than its end mark, or has other bytes after it, is accepted.
 * </ul>
 *
 * <p>Thread-safe. Images with a colour profile share a lock, while their colours are converted, and
 * all share the room for pixels, which large ones wait for.
 */
public final class ImageDecoder {
  private final ImageLimits limits;
  private final int width;
  private final int height;
  private final PixelReaders readers = new PixelReaders();
  private final RgbConversion colours = new RgbConversion();
  private final PixelLimit room;

  /** Prepares decoding of as many images at once as there are threads. */
  public ImageDecoder(ImageLimits limits, int width, int height) {
    this(limits, width, height, Long.MAX_VALUE);
  }

  /**
   * Prepares decoding.
   *
   * @param limits what a file may weigh
   * @param width columns of every result
   * @param height rows of every result
   * @param pixelsAtOnce that are decoded at the same time, whatever the number of threads; others
   *     wait
   */
  public ImageDecoder(ImageLimits limits, int width, int height, long pixelsAtOnce) {
    if (width <= 0 || height <= 0) {
      throw new IllegalArgumentException(
          "decoded images must have a positive size, found %d x %d".formatted(width, height));
    }
    this.limits = limits;
    this.room = new PixelLimit(pixelsAtOnce);
    this.width = width;
    this.height = height;
  }

  /**
   * Decodes one image.
   *
   * @param file the bytes of an image file; null is refused like no bytes
   * @return {@code width x height} pixels
   * @throws ImageRejectedException if the file is empty, too large, of an unknown format,
   *     incomplete or broken; the only way in which this method fails because of the file
   */
  public Pixels decode(byte[] file) throws ImageRejectedException {
    return decode(file, room::enter).orElseThrow();
  }

  /**
   * Decodes one image, unless others take the room for its pixels at the moment.
   *
   * @param file as for {@link #decode}
   * @return the pixels; empty if it would have had to wait
   * @throws ImageRejectedException as {@link #decode} does
   */
  public Optional<Pixels> decodeNow(byte[] file) throws ImageRejectedException {
    return decode(file, room::enterNow);
  }

  private Optional<Pixels> decode(byte[] file, LongToIntFunction entrance)
      throws ImageRejectedException {
    limits.checkBytes(file);
    EncodedImage image = parse(file);
    int acquired = entrance.applyAsInt((long) image.frame().width() * image.frame().height());
    if (acquired == 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(decode(image));
    } finally {
      room.leave(acquired);
    }
  }

  private Pixels decode(EncodedImage image) throws ImageRejectedException {
    boolean swaps = image.orientation().swapsAxes();
    var resize =
        new BilinearResize(
            image.canvas().width(),
            image.canvas().height(),
            swaps ? height : width,
            swaps ? width : height);
    float[] resized = resize.apply(decodeCrossings(image, resize));
    return Pixels.wrap(width, height, image.orientation().apply(resized, width, height));
  }

  private EncodedImage parse(byte[] file) throws ImageRejectedException {
    return switch (ImageFormat.of(file)) {
      case JPEG -> JpegParser.parse(file, limits);
      case PNG -> PngParser.parse(file, limits);
      case BMP -> BmpParser.parse(file, limits);
      case GIF -> GifParser.parse(file, limits);
      case WEBP -> WebpParser.parse(file, limits);
    };
  }

  /** Returns interleaved sRGB at the crossings of the columns and rows that the resize reads. */
  private byte[] decodeCrossings(EncodedImage image, BilinearResize resize)
      throws ImageRejectedException {
    try {
      var decoded = readers.read(image);
      requireWhole(image, decoded);
      DeviceSamples samples = SampleGathering.gather(image, decoded, resize);
      return colours.convert(samples, image.colour().encoding(), image.colour().profile());
    } catch (IOException | RuntimeException broken) {
      // Third-party decoders fail on broken files in any way they like, index errors included.
      throw Rejections.undecodable(image, broken);
    }
  }

  private static void requireWhole(EncodedImage image, PixelReaders.Decoded decoded)
      throws IOException {
    int columns = decoded.raster().getWidth();
    int rows = decoded.raster().getHeight();
    if (columns != image.frame().width() || rows != image.frame().height()) {
      throw new IOException(
          "decoded to %d x %d pixels, %d x %d expected"
              .formatted(columns, rows, image.frame().width(), image.frame().height()));
    }
    requireNoLoss(decoded.warnings(), image.complete());
  }

  /** libjpeg fills in gray for missing data and only warns, in these words. */
  private static void requireNoLoss(List<String> warnings, boolean complete) throws IOException {
    for (String warning : warnings) {
      boolean harmless = complete && warning.contains("extraneous bytes");
      if (warning.startsWith("Corrupt JPEG data") && !harmless) {
        throw new IOException(warning);
      }
    }
  }
}
