package dev.headwater.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The name by which a restarted instance is known again, so that its work waits for it a few
 * seconds instead of moving.
 *
 * <p>It lies beside Kafka Streams' own id of the process, so that both are lost together: Kafka
 * goes on to call a member that is known again by the name of its old process.
 */
final class InstanceId {
  private static final String FILE = "instance-id";

  private InstanceId() {}

  /** Returns the id kept in a directory; makes one where there is none. */
  static String in(Path directory) {
    Path file = directory.resolve(FILE);
    try {
      Files.createDirectories(directory);
      if (Files.notExists(file)) {
        Files.writeString(file, UUID.randomUUID().toString());
      }
      return UUID.fromString(Files.readString(file).strip()).toString();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read or write " + file, e);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "%s does not hold an instance id; delete it to get a new one".formatted(file), e);
    }
  }
}
