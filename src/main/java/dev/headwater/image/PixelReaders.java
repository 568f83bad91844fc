package dev.headwater.image;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * The one reader used for each format: the JDK's own for JPEG, PNG, BMP and GIF, TwelveMonkeys' for
 * WebP. Providers are chosen by class, once, so that neither their order nor the class loader of
 * the calling thread matters.
 */
final class PixelReaders {
  private static final String JDK_PROVIDERS = "com.sun.imageio.plugins.";

  private final Map<ImageFormat, ImageReaderSpi> providers = new EnumMap<>(ImageFormat.class);

  /**
   * A decoded image.
   *
   * @param raster the samples
   * @param colorModel what they mean; null for a JPEG, whose samples come as they are stored
   * @param warnings what the reader found wrong with the file, in its words
   */
  record Decoded(Raster raster, ColorModel colorModel, List<String> warnings) {}

  PixelReaders() {
    providers.put(ImageFormat.JPEG, jdkProvider("jpeg.JPEGImageReaderSpi"));
    providers.put(ImageFormat.PNG, jdkProvider("png.PNGImageReaderSpi"));
    providers.put(ImageFormat.BMP, jdkProvider("bmp.BMPImageReaderSpi"));
    providers.put(ImageFormat.GIF, jdkProvider("gif.GIFImageReaderSpi"));
    providers.put(ImageFormat.WEBP, new WebPImageReaderSpi());
  }

  private static ImageReaderSpi jdkProvider(String name) {
    var registered =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
    while (registered.hasNext()) {
      ImageReaderSpi provider = registered.next();
      if (provider.getClass().getName().equals(JDK_PROVIDERS + name)) {
        return provider;
      }
    }
    throw new IllegalStateException(
        "the Java runtime has no image reader %s: use a JDK with the java.desktop module"
            .formatted(JDK_PROVIDERS + name));
  }

  /** Decodes an image; whatever the reader throws on a broken file passes through. */
  Decoded read(EncodedImage image) throws IOException {
    ImageReader reader = providers.get(image.format()).createReaderInstance(null);
    boolean webp = image.format() == ImageFormat.WEBP;
    try (var input = new MemoryImageInput(image.essence().array(), webp)) {
      var warnings = new ArrayList<String>();
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      reader.setInput(input, true, true);
      if (image.format() == ImageFormat.JPEG) {
        return new Decoded(reader.readRaster(0, null), null, warnings);
      }
      BufferedImage decoded = reader.read(0);
      return new Decoded(decoded.getRaster(), decoded.getColorModel(), warnings);
    } finally {
      reader.dispose();
    }
  }
}
