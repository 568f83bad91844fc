package dev.headwater.image;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One encoded image taken out of its file: checked against the limits, complete in structure, and
 * stripped of whatever its pixels do not need.
 *
 * @param format the file's format
 * @param width columns of the whole canvas, which a first animation frame may not cover
 * @param height rows of the whole canvas
 * @param frameX canvas column of the encoded frame's left edge
 * @param frameY canvas row of the encoded frame's upper edge
 * @param frameWidth columns of the encoded frame
 * @param frameHeight rows of the encoded frame
 * @param encoding what the decoder's samples mean
 * @param orientation how the decoded image has to be turned
 * @param profile the embedded colour profile, not validated
 * @param complete whether the file's own end mark was found
 * @param essence a file of the same format that holds only this image
 */
record EncodedImage(
    ImageFormat format,
    int width,
    int height,
    int frameX,
    int frameY,
    int frameWidth,
    int frameHeight,
    SampleEncoding encoding,
    Orientation orientation,
    Optional<ProfileBytes> profile,
    boolean complete,
    ByteBuffer essence) {

  /** Returns an image that covers its canvas and needs neither turning nor colour conversion. */
  static EncodedImage plain(ImageFormat format, int width, int height, byte[] essence) {
    return new EncodedImage(
        format,
        width,
        height,
        0,
        0,
        width,
        height,
        SampleEncoding.DIRECT,
        Orientation.NORMAL,
        Optional.empty(),
        true,
        ByteBuffer.wrap(essence));
  }

  /** Returns this image as a frame at {@code x}, {@code y} of a canvas. */
  EncodedImage onCanvas(int canvasWidth, int canvasHeight, int x, int y) {
    return new EncodedImage(
        format,
        canvasWidth,
        canvasHeight,
        x,
        y,
        frameWidth,
        frameHeight,
        encoding,
        orientation,
        profile,
        complete,
        essence);
  }

  /** Returns this image with samples of the given meaning. */
  EncodedImage encodedAs(SampleEncoding samples) {
    return new EncodedImage(
        format,
        width,
        height,
        frameX,
        frameY,
        frameWidth,
        frameHeight,
        samples,
        orientation,
        profile,
        complete,
        essence);
  }

  /** Returns this image with what its metadata says about orientation and colour. */
  EncodedImage with(Orientation turned, Optional<ProfileBytes> colours) {
    return new EncodedImage(
        format,
        width,
        height,
        frameX,
        frameY,
        frameWidth,
        frameHeight,
        encoding,
        turned,
        colours,
        complete,
        essence);
  }

  /** Returns this image, marked as one whose file lacks its end mark. */
  EncodedImage withoutEndMark() {
    return new EncodedImage(
        format,
        width,
        height,
        frameX,
        frameY,
        frameWidth,
        frameHeight,
        encoding,
        orientation,
        profile,
        false,
        essence);
  }

  boolean coversCanvas() {
    return frameX == 0 && frameY == 0 && frameWidth == width && frameHeight == height;
  }
}
