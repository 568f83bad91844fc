package dev.headwater.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The id by which Kafka recognises a restarted instance as the same static member, so that its
 * tasks wait for it a few seconds instead of moving.
 *
 * <p>It is kept beside Kafka Streams' own process id, so that both are lost together: Kafka keeps
 * the client name of the old process for a member that it recognises.
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
