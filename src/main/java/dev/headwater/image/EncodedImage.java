package dev.headwater.image;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One encoded image taken out of its file: checked against the limits, complete in structure, and
 * stripped of whatever its pixels do not need.
 *
 * @param format the file's format
 * @param canvas the whole image, which a first animation frame may not cover
 * @param frame the part of the canvas that is encoded
 * @param colour what the decoder's samples mean
 * @param orientation how the decoded image has to be turned
 * @param complete whether the file's own end mark was found
 * @param essence a file of the same format that holds only this image
 */
record EncodedImage(
    ImageFormat format,
    Canvas canvas,
    Frame frame,
    Colour colour,
    Orientation orientation,
    boolean complete,
    ByteBuffer essence) {

  /** Columns and rows. */
  record Canvas(int width, int height) {}

  /** Upper left corner on the canvas, and columns and rows. */
  record Frame(int x, int y, int width, int height) {}

  /**
   * The meaning of samples.
   *
   * @param profile the embedded colour profile, not validated
   */
  record Colour(SampleEncoding encoding, Optional<ProfileBytes> profile) {}

  /** Returns an image that covers its canvas and needs neither turning nor colour conversion. */
  static EncodedImage plain(ImageFormat format, int width, int height, byte[] essence) {
    return new EncodedImage(
        format,
        new Canvas(width, height),
        new Frame(0, 0, width, height),
        new Colour(SampleEncoding.DIRECT, Optional.empty()),
        Orientation.NORMAL,
        true,
        ByteBuffer.wrap(essence));
  }

  /** Returns this image as a frame at {@code x}, {@code y} of a canvas. */
  EncodedImage onCanvas(int canvasWidth, int canvasHeight, int x, int y) {
    var whole = new Canvas(canvasWidth, canvasHeight);
    var part = new Frame(x, y, frame.width(), frame.height());
    return new EncodedImage(format, whole, part, colour, orientation, complete, essence);
  }

  /** Returns this image with samples of the given meaning. */
  EncodedImage encodedAs(SampleEncoding samples) {
    var other = new Colour(samples, colour.profile());
    return new EncodedImage(format, canvas, frame, other, orientation, complete, essence);
  }

  /** Returns this image with what its metadata says about orientation and colour. */
  EncodedImage with(Orientation turned, Optional<ProfileBytes> profile) {
    var other = new Colour(colour.encoding(), profile);
    return new EncodedImage(format, canvas, frame, other, turned, complete, essence);
  }

  /** Returns this image, marked as one whose file lacks its end mark. */
  EncodedImage withoutEndMark() {
    return new EncodedImage(format, canvas, frame, colour, orientation, false, essence);
  }

  boolean coversCanvas() {
    return frame.equals(new Frame(0, 0, canvas.width(), canvas.height()));
  }
}
