package dev.headwater.image;

import java.io.IOException;
import javax.imageio.IIOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A decoder's view of bytes in memory, without the copying and caching of ImageIO's own streams.
 */
final class MemoryImageInput extends ImageInputStreamImpl {
  private final byte[] bytes;
  private final boolean endIsAnError;

  /**
   * Opens bytes.
   *
   * @param endIsAnError whether reading at the end throws, for decoders that take the end of a
   *     stream for an endless supply of bits
   */
  MemoryImageInput(byte[] bytes, boolean endIsAnError) {
    this.bytes = bytes;
    this.endIsAnError = endIsAnError;
  }

  @Override
  public int read() throws IOException {
    bitOffset = 0;
    return atEnd() ? -1 : bytes[(int) streamPos++] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    if (atEnd()) {
      return -1;
    }
    int count = (int) Math.min(length, bytes.length - streamPos);
    System.arraycopy(bytes, (int) streamPos, to, offset, count);
    streamPos += count;
    return count;
  }

  /**
   * Says that the length is unknown. TwelveMonkeys would refuse large images of few bytes
   * otherwise, as bombs; a plain background is such an image, and its size has been checked
   * already.
   */
  @Override
  public long length() {
    return -1;
  }

  private boolean atEnd() throws IIOException {
    boolean atEnd = streamPos >= bytes.length;
    if (atEnd && endIsAnError) {
      throw new IIOException("its data ends before the image does");
    }
    return atEnd;
  }
}
