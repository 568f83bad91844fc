package dev.headwater.backbone;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Takes a weights file into memory after checking what can be checked without a parser: that it is
 * there, of a plausible size, HDF5, and as long as its own header says.
 */
final class Hdf5Bytes {
  /** The file weighs 9 MB; one with classifier 14 MB, one with optimiser state three times that. */
  static final long MAX_BYTES = 64L << 20;

  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  private static final int VERSION_AT = 8;
  private static final int HEADER_BYTES = 96;

  private Hdf5Bytes() {}

  /**
   * Returns the bytes of an HDF5 file.
   *
   * @throws WeightsException if there is no such file, or it is not a complete HDF5 file
   */
  static byte[] read(Path file) {
    requireReadable(file);
    byte[] bytes = bytes(file);
    requireSignature(file, bytes);
    requireComplete(file, bytes);
    return bytes;
  }

  private static void requireReadable(Path file) {
    if (!Files.exists(file)) {
      throw new WeightsException(
          "there is no weights file %s; check the path, or leave it out to have weights fetched"
              .formatted(file));
    }
    if (Files.isDirectory(file)) {
      throw new WeightsException(
          "%s is a directory, expected a Keras weights file (.h5)".formatted(file));
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new WeightsException("%s is not a file that can be read".formatted(file));
    }
  }

  private static byte[] bytes(Path file) {
    try {
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw new WeightsException(
            ("%s has %d bytes, but the weights of MobileNetV2 have about 9 million (at most "
                    + "%d are read); take the mobilenet_v2 file with 1.0_224_no_top in its name")
                .formatted(file, size, MAX_BYTES));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new WeightsException("%s cannot be read: %s".formatted(file, e), e);
    }
  }

  private static void requireSignature(Path file, byte[] bytes) {
    byte[] start = Arrays.copyOf(bytes, SIGNATURE.length);
    if (!Arrays.equals(start, SIGNATURE)) {
      throw new WeightsException(
          "%s is not an HDF5 file (%s), expected Keras weights (.h5)"
              .formatted(file, bytes.length == 0 ? "it is empty" : "its signature is missing"));
    }
  }

  /** Compares the length with the end-of-file address in the superblock. */
  private static void requireComplete(Path file, byte[] bytes) {
    if (bytes.length < HEADER_BYTES) {
      throw truncated(file, bytes.length, "at least " + HEADER_BYTES);
    }
    int version = bytes[VERSION_AT];
    int sizeOfOffsetsAt = version < 2 ? 13 : 9;
    if (version < 0 || version > 3 || bytes[sizeOfOffsetsAt] != Long.BYTES) {
      throw new WeightsException(
          ("%s has an HDF5 header of version %d with %d-byte offsets, but this build "
                  + "reads versions 0 to 3 with 8-byte offsets")
              .formatted(file, version, bytes[sizeOfOffsetsAt]));
    }
    int endAt =
        switch (version) {
          case 0 -> 40;
          case 1 -> 44;
          default -> 28;
        };
    long end = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(endAt);
    if (end > bytes.length) {
      throw truncated(file, bytes.length, Long.toString(end));
    }
  }

  private static WeightsException truncated(Path file, int found, String expected) {
    return new WeightsException(
        "%s is truncated: it has %d bytes, expected %s; fetch it again"
            .formatted(file, found, expected));
  }
}
