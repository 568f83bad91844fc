package dev.headwater.image;

import java.awt.image.ColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.IndexColorModel;
import java.awt.image.PackedColorModel;
import java.awt.image.Raster;
import java.util.Arrays;

/**
 * Fetches from a decoded image the samples that a resize reads, and no others.
 *
 * <p>Samples come straight from the decoder's buffer, without {@link
 * java.awt.image.BufferedImage#getRGB}, which brightens gray. Of 16-bit samples the upper byte is
 * taken, as libpng and so TensorFlow do. Outside an animation frame the canvas is transparent.
 */
final class SampleGathering {
  private final Raster raster;
  private final ColorModel colorModel;
  private final Span columns;
  private final Span rows;
  private final int channels;
  private final byte[] values;
  private final byte[] alpha;

  private SampleGathering(EncodedImage image, PixelReaders.Decoded decoded, BilinearResize resize) {
    this.raster = decoded.raster();
    this.colorModel = decoded.colorModel();
    this.columns = new Span(resize.columns(), image.frameX(), image.frameWidth());
    this.rows = new Span(resize.rows(), image.frameY(), image.frameHeight());
    boolean hasAlpha = colorModel != null && colorModel.hasAlpha();
    int stored = hasAlpha ? raster.getNumBands() - 1 : raster.getNumBands();
    this.channels = hasColourLookup() ? 3 : stored;
    int count = columns.length() * rows.length();
    this.values = new byte[count * channels];
    this.alpha = hasAlpha || !image.coversCanvas() ? new byte[count] : null;
  }

  static DeviceSamples gather(
      EncodedImage image, PixelReaders.Decoded decoded, BilinearResize resize) {
    var gathering = new SampleGathering(image, decoded, resize);
    gathering.gather();
    return new DeviceSamples(gathering.channels, gathering.values, gathering.alpha);
  }

  private void gather() {
    if (hasColourLookup()) {
      lookUpColours();
      return;
    }
    DataBuffer buffer = raster.getDataBuffer();
    if (!(raster.getSampleModel() instanceof ComponentSampleModel layout)) {
      throw unsupported();
    }
    for (int band = 0; band < channels; band++) {
      gatherBand(buffer, layout, band, values, band, channels);
    }
    if (alpha != null && channels < raster.getNumBands()) {
      gatherBand(buffer, layout, channels, alpha, 0, 1);
    } else if (alpha != null) {
      fillFrame((byte) 255);
    }
  }

  private boolean hasColourLookup() {
    return colorModel instanceof IndexColorModel || colorModel instanceof PackedColorModel;
  }

  private void gatherBand(
      DataBuffer buffer, ComponentSampleModel layout, int band, byte[] to, int first, int step) {
    int bank = layout.getBankIndices()[band];
    int offset = layout.getBandOffsets()[band] + buffer.getOffsets()[bank];
    for (int row = rows.first; row < rows.end; row++) {
      int line = offset + rows.at(row) * layout.getScanlineStride();
      int target = (row * columns.length() + columns.first) * step + first;
      if (buffer instanceof DataBufferByte bytes) {
        gatherRow(bytes.getData(bank), line, layout.getPixelStride(), to, target, step);
      } else if (buffer instanceof DataBufferUShort shorts) {
        gatherRow(shorts.getData(bank), line, layout.getPixelStride(), to, target, step);
      } else {
        throw unsupported();
      }
    }
  }

  private void gatherRow(byte[] from, int line, int pixelStride, byte[] to, int target, int step) {
    int next = target;
    for (int column = columns.first; column < columns.end; column++) {
      to[next] = from[line + columns.at(column) * pixelStride];
      next += step;
    }
  }

  private void gatherRow(short[] from, int line, int pixelStride, byte[] to, int target, int step) {
    int next = target;
    for (int column = columns.first; column < columns.end; column++) {
      to[next] = (byte) (from[line + columns.at(column) * pixelStride] >> 8);
      next += step;
    }
  }

  private void lookUpColours() {
    Object element = null;
    for (int row = rows.first; row < rows.end; row++) {
      for (int column = columns.first; column < columns.end; column++) {
        element = raster.getDataElements(columns.at(column), rows.at(row), element);
        int argb = colorModel.getRGB(element);
        int pixel = row * columns.length() + column;
        values[pixel * 3] = (byte) (argb >> 16);
        values[pixel * 3 + 1] = (byte) (argb >> 8);
        values[pixel * 3 + 2] = (byte) argb;
        if (alpha != null) {
          alpha[pixel] = (byte) (argb >> 24);
        }
      }
    }
  }

  private void fillFrame(byte value) {
    for (int row = rows.first; row < rows.end; row++) {
      int line = row * columns.length();
      Arrays.fill(alpha, line + columns.first, line + columns.end, value);
    }
  }

  private IllegalStateException unsupported() {
    return new IllegalStateException(
        "samples are laid out as %s in %s, expected bytes or unsigned shorts"
            .formatted(
                raster.getSampleModel().getClass().getSimpleName(),
                raster.getDataBuffer().getClass().getSimpleName()));
  }

  /** The wanted canvas coordinates, and which of them lie inside the frame. */
  private static final class Span {
    private final int[] wanted;
    private final int origin;
    private final int first;
    private final int end;

    Span(int[] wanted, int origin, int size) {
      this.wanted = wanted;
      this.origin = origin;
      this.first = position(origin);
      this.end = position(origin + size);
    }

    private int position(int coordinate) {
      int found = Arrays.binarySearch(wanted, coordinate);
      return found >= 0 ? found : -found - 1;
    }

    int length() {
      return wanted.length;
    }

    /** Returns the frame coordinate of the wanted one at {@code index}. */
    int at(int index) {
      return wanted[index] - origin;
    }
  }
}
