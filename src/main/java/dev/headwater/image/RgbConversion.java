package dev.headwater.image;

import java.util.Optional;

/**
 * Converts device samples to sRGB over white, by the embedded profile where there is a usable one.
 */
final class RgbConversion {
  private final ProfileCache profiles = new ProfileCache();

  /** Returns interleaved sRGB; the samples' own array is used up. */
  byte[] convert(DeviceSamples samples, SampleEncoding encoding, Optional<ProfileBytes> profile) {
    byte[] device = samples.values();
    encoding.decode(device);
    byte[] rgb =
        profile
            .flatMap(profiles::transformOf)
            .flatMap(transform -> transform.apply(device, samples.channels()))
            .orElseGet(() -> convertWithoutProfile(device, samples.channels()));
    samples.compositeOnWhite(rgb);
    return rgb;
  }

  private static byte[] convertWithoutProfile(byte[] device, int channels) {
    return switch (channels) {
      case 1 -> fromGray(device);
      case 3 -> device;
      case 4 -> fromInk(device);
      default ->
          throw new IllegalStateException(
              "samples of %d channels, expected 1, 3 or 4".formatted(channels));
    };
  }

  private static byte[] fromGray(byte[] gray) {
    byte[] rgb = new byte[gray.length * 3];
    int to = 0;
    for (byte level : gray) {
      rgb[to++] = level;
      rgb[to++] = level;
      rgb[to++] = level;
    }
    return rgb;
  }

  /** Multiplies light by light: (255 - ink) (255 - black) / 255, as TensorFlow and Pillow do. */
  private static byte[] fromInk(byte[] ink) {
    byte[] rgb = new byte[ink.length / 4 * 3];
    for (int from = 0, to = 0; from < ink.length; from += 4) {
      int light = 255 - (ink[from + 3] & 0xff);
      for (int c = 0; c < 3; c++) {
        rgb[to++] = (byte) (((255 - (ink[from + c] & 0xff)) * light + 127) / 255);
      }
    }
    return rgb;
  }
}
