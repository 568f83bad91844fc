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
    this.columns = new Span(resize.columns(), image.frame().x(), image.frame().width());
    this.rows = new Span(resize.rows(), image.frame().y(), image.frame().height());
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
    gatherBands(buffer, layout, 0, values, channels);
    if (alpha != null && channels < raster.getNumBands()) {
      gatherBands(buffer, layout, channels, alpha, 1);
    } else if (alpha != null) {
      fillFrame((byte) 255);
    }
  }

  private boolean hasColourLookup() {
    return colorModel instanceof IndexColorModel || colorModel instanceof PackedColorModel;
  }

  /** Fetches {@code count} neighbouring bands, which all decoders here keep in one array. */
  private void gatherBands(
      DataBuffer buffer, ComponentSampleModel layout, int first, byte[] to, int count) {
    int[] bands = Arrays.copyOfRange(layout.getBandOffsets(), first, first + count);
    int[] pixels = columns.offsets(layout.getPixelStride());
    for (int row = rows.first; row < rows.end; row++) {
      int line = buffer.getOffset() + rows.at(row) * layout.getScanlineStride();
      int target = (row * columns.length() + columns.first) * count;
      if (buffer instanceof DataBufferByte bytes && bytes.getNumBanks() == 1) {
        gatherRow(bytes.getData(), line, pixels, bands, to, target);
      } else if (buffer instanceof DataBufferUShort shorts && shorts.getNumBanks() == 1) {
        gatherRow(shorts.getData(), line, pixels, bands, to, target);
      } else {
        throw unsupported();
      }
    }
  }

  private static void gatherRow(
      byte[] from, int line, int[] pixels, int[] bands, byte[] to, int target) {
    int next = target;
    for (int pixel : pixels) {
      for (int band : bands) {
        to[next++] = from[line + pixel + band];
      }
    }
  }

  private static void gatherRow(
      short[] from, int line, int[] pixels, int[] bands, byte[] to, int target) {
    int next = target;
    for (int pixel : pixels) {
      for (int band : bands) {
        to[next++] = (byte) (from[line + pixel + band] >> 8);
      }
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

    /** Returns where each wanted coordinate inside the frame begins in a line of samples. */
    int[] offsets(int stride) {
      int[] offsets = new int[end - first];
      for (int i = 0; i < offsets.length; i++) {
        offsets[i] = at(first + i) * stride;
      }
      return offsets;
    }
  }
}
