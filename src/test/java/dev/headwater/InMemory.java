package dev.headwater;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Puts the temporary directory of a test on a file system in memory, where there is one. For small
 * state on a {@code TopologyTestDriver}, which has it written to the disk after every record: there
 * a test would do nothing but wait for the disk.
 */
public final class InMemory implements TempDirFactory {
  private static final Path MEMORY = Path.of("/dev/shm");

  /** More than any of these tests writes. */
  private static final long ROOM = 32L << 20;

  @Override
  public Path createTempDirectory(AnnotatedElementContext where, ExtensionContext test)
      throws IOException {
    return hasRoom()
        ? Files.createTempDirectory(MEMORY, "headwater")
        : Files.createTempDirectory("headwater");
  }

  private static boolean hasRoom() throws IOException {
    return Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > ROOM;
  }
}
