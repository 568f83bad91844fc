package dev.headwater.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the examples in Python, where there is one that has NumPy. */
final class Python {
  static final Path EXAMPLES = Path.of("docs/examples/python").toAbsolutePath();

  /** Makes the examples' modules importable. */
  private static final String IMPORTS =
      "import sys; sys.path.insert(0, '" + EXAMPLES + "'); import numpy as np\n";

  private static final int PATIENCE_SECONDS = 60;

  private record Run(int exit, String output) {}

  private Python() {}

  /** Skips a test by name where it cannot run. */
  static void assumeNumpy() throws IOException, InterruptedException {
    assumeTrue(
        isThere(), "python3 with NumPy is not installed here (Debian: apt install python3-numpy)");
  }

  private static boolean isThere() throws IOException, InterruptedException {
    try {
      return run(List.of("python3", "-c", "import numpy")).exit() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Runs a script that may import the examples, and returns what it prints. */
  static String script(String script, Path... arguments) throws Exception {
    return output(
        Stream.concat(
                Stream.of("python3", "-c", IMPORTS + script),
                Stream.of(arguments).map(Path::toString))
            .toList());
  }

  /** Runs an example as its page says, and returns what it prints. */
  static String example(String name, Path... arguments) throws Exception {
    return output(
        Stream.concat(
                Stream.of("python3", EXAMPLES.resolve(name).toString()),
                Stream.of(arguments).map(Path::toString))
            .toList());
  }

  private static String output(List<String> command) throws Exception {
    var run = run(command);
    assertThat(run.exit()).as(run.output()).isZero();
    return run.output();
  }

  private static Run run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("headwater-python", ".txt");
    try {
      var builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
      var process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " did not end within " + PATIENCE_SECONDS + " s");
      }
      return new Run(process.exitValue(), Files.readString(output, UTF_8));
    } finally {
      Files.delete(output);
    }
  }

  /** Writes rows of floats as NumPy's .npy. */
  static Path npy(Path file, float[]... rows) throws IOException {
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }"
            .formatted(rows.length, rows[0].length);
    String padded = header + " ".repeat(63 - (10 + header.length()) % 64) + "\n";
    var buffer =
        ByteBuffer.allocate(10 + padded.length() + rows.length * rows[0].length * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    buffer.put((byte) 0x93).put("NUMPY".getBytes(UTF_8)).put((byte) 1).put((byte) 0);
    buffer.putShort((short) padded.length()).put(padded.getBytes(UTF_8));
    Stream.of(rows).forEach(row -> putAll(buffer, row));
    return Files.write(file, buffer.array());
  }

  private static void putAll(ByteBuffer buffer, float[] row) {
    for (float value : row) {
      buffer.putFloat(value);
    }
  }
}
