package dev.headwater.snapshot;

import java.util.Arrays;
import java.util.Optional;

/** Knows files that people take for snapshots by how they begin, to say what is wrong. */
final class OtherFormats {
  private static final int PICKLE = 0x80;
  private static final int OLDEST_PICKLE = 2;
  private static final int NEWEST_PICKLE = 5;

  /** How a format's files begin, and a sentence about them. */
  private record Format(String sentence, int... beginning) {
    boolean isOf(byte[] file) {
      if (file.length < beginning.length) {
        return false;
      }
      for (int i = 0; i < beginning.length; i++) {
        if ((file[i] & 0xff) != beginning[i]) {
          return false;
        }
      }
      return true;
    }
  }

  private static final Format[] FORMATS = {
    new Format(
        "an HDF5 file (Keras' .h5): write its four tensors as safetensors, as docs/snapshots.md shows",
        0x89,
        'H',
        'D',
        'F'),
    new Format(
        "a ZIP archive (Keras' .keras, PyTorch's .pt or NumPy's .npz): write its four tensors as safetensors, as docs/snapshots.md shows",
        'P',
        'K',
        3,
        4),
    new Format(
        "a NumPy array: write all four tensors into one safetensors file, as docs/snapshots.md shows",
        0x93,
        'N',
        'U',
        'M'),
    new Format("JSON, expected a safetensors file", '{')
  };

  private OtherFormats() {}

  /** Returns half a sentence about what a file is instead; empty if that is not known. */
  static Optional<String> describe(byte[] file) {
    if (isPickle(file)) {
      return Optional.of(
          "a pickled file, which can run any code when it is read, so that nothing here ever reads one: write safetensors, as docs/snapshots.md shows");
    }
    return Arrays.stream(FORMATS)
        .filter(format -> format.isOf(file))
        .map(Format::sentence)
        .findFirst();
  }

  private static boolean isPickle(byte[] file) {
    return file.length > 1
        && (file[0] & 0xff) == PICKLE
        && file[1] >= OLDEST_PICKLE
        && file[1] <= NEWEST_PICKLE;
  }
}
