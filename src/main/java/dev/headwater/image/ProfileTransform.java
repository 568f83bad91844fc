package dev.headwater.image;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.color.ProfileDataException;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Optional;

/**
 * The conversion from an embedded ICC profile's colours to sRGB, by the JDK's Little CMS.
 *
 * <p>A broken profile gives an unusable transform, and so does one of unlimited cost. A profile
 * that differs from sRGB by no more than two levels anywhere, as the many spellings of sRGB do, is
 * one too: the samples are right already. Thread-safe.
 */
final class ProfileTransform {
  private static final ProfileTransform UNUSABLE = new ProfileTransform(0, null);
  private static final int TOLERANCE = 2;
  private static final int PROBE_STEP = 15;

  private final int channels;
  private final ColorConvertOp conversion;

  private ProfileTransform(int channels, ColorConvertOp conversion) {
    this.channels = channels;
    this.conversion = conversion;
  }

  static ProfileTransform of(ProfileBytes bytes) {
    if (bytes.hasElementChains()) {
      return UNUSABLE;
    }
    try {
      var profile = ICC_Profile.getInstance(bytes.toArray());
      var standard = ICC_Profile.getInstance(ColorSpace.CS_sRGB);
      var conversion = new ColorConvertOp(new ICC_Profile[] {profile, standard}, null);
      var transform = new ProfileTransform(profile.getNumComponents(), conversion);
      return transform.changesColours() ? transform : UNUSABLE;
    } catch (IllegalArgumentException | CMMException | ProfileDataException broken) {
      return UNUSABLE; // as documented: the image is good without its profile
    }
  }

  boolean isUsable() {
    return conversion != null;
  }

  /**
   * Returns interleaved sRGB, or nothing when the profile is made for another number of channels.
   *
   * @param device interleaved samples
   */
  Optional<byte[]> apply(byte[] device, int sampleChannels) {
    return sampleChannels == channels ? Optional.of(convert(device)) : Optional.empty();
  }

  private byte[] convert(byte[] device) {
    int count = device.length / channels;
    byte[] rgb = new byte[count * 3];
    synchronized (conversion) {
      conversion.filter(raster(device, count, channels), raster(rgb, count, 3));
    }
    return rgb;
  }

  /** Also proves the transform: Little CMS reads a profile's tables when it is first used. */
  private boolean changesColours() {
    byte[] probe = probe();
    byte[] converted = convert(probe);
    if (channels != 3) {
      return true;
    }
    for (int i = 0; i < probe.length; i++) {
      if (Math.abs((probe[i] & 0xff) - (converted[i] & 0xff)) > TOLERANCE) {
        return true;
      }
    }
    return false;
  }

  /** Returns a grid of colours for three channels, and black for any other number. */
  private byte[] probe() {
    if (channels != 3) {
      return new byte[channels];
    }
    int levels = 255 / PROBE_STEP + 1;
    byte[] probe = new byte[levels * levels * levels * 3];
    for (int i = 0, to = 0; to < probe.length; i++) {
      probe[to++] = (byte) (i % levels * PROBE_STEP);
      probe[to++] = (byte) (i / levels % levels * PROBE_STEP);
      probe[to++] = (byte) (i / (levels * levels) * PROBE_STEP);
    }
    return probe;
  }

  private static WritableRaster raster(byte[] values, int count, int channels) {
    int[] offsets = new int[channels];
    for (int c = 0; c < channels; c++) {
      offsets[c] = c;
    }
    DataBuffer buffer = new DataBufferByte(values, values.length);
    return Raster.createInterleavedRaster(
        buffer, count, 1, count * channels, channels, offsets, null);
  }
}
