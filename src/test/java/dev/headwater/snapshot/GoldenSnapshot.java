package dev.headwater.snapshot;

import dev.headwater.head.DenseHead;
import dev.headwater.head.HeadParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The snapshot in {@code golden-v1.safetensors}. {@link #main} writes that file anew, which a
 * change of format version asks for and nothing else does: files like it lie on users' topics.
 */
final class GoldenSnapshot {
  static final String FILE = "golden-v1.safetensors";
  static final int INPUTS = 4;

  private GoldenSnapshot() {}

  static Snapshot snapshot() {
    return new Snapshot(
        "default",
        7,
        6,
        "ab".repeat(32),
        true,
        List.of("elephant", "giraffe \"ü\""),
        0.25,
        448,
        Optional.of(0.9375),
        Optional.empty(),
        Instant.parse("2026-01-31T12:00:00.5Z"),
        "training",
        head());
  }

  /** Weights that differ from each other, some negative, each exact in 32 bits. */
  static DenseHead head() {
    var kernel = new float[INPUTS * DenseHead.HIDDEN];
    var bias = new float[DenseHead.HIDDEN];
    var outputKernel = new float[DenseHead.HIDDEN];
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = (i % 29 - 14) / 32f;
    }
    for (int j = 0; j < DenseHead.HIDDEN; j++) {
      bias[j] = (j % 7 - 3) / 64f;
      outputKernel[j] = (j % 13 - 6) / 16f;
    }
    return new DenseHead(new HeadParameters(kernel, bias, outputKernel, -0.375f));
  }

  static byte[] bytes() throws IOException {
    try (var file = GoldenSnapshot.class.getResourceAsStream(FILE)) {
      return file.readAllBytes();
    }
  }

  public static void main(String... arguments) throws IOException {
    var folder = Path.of("src/test/resources/dev/headwater/snapshot");
    Files.createDirectories(folder);
    Files.write(folder.resolve(FILE), SnapshotFile.write(snapshot()));
  }
}
