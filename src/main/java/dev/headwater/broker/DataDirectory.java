package dev.headwater.broker;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A directory that one process owns, for what has to outlive it: the embedded broker's log and the
 * state of the streams.
 *
 * <p>It is created readable by its owner alone where the file system knows owners, and locked until
 * {@link #close()} or the end of the process, however that comes.
 */
public final class DataDirectory implements AutoCloseable {
  private final Path path;
  private final DirectoryLock lock;

  private DataDirectory(Path path, DirectoryLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Creates the directory where it is missing and takes it for this process.
   *
   * @throws DataDirectoryException if it is in use, not a directory or not writable
   */
  public static DataDirectory open(Path directory) {
    Path path = create(directory.toAbsolutePath().normalize());
    DirectoryLock lock = DirectoryLock.take(path);
    try {
      create(path.resolve("broker"));
      create(path.resolve("streams"));
      return new DataDirectory(path, lock);
    } catch (DataDirectoryException e) {
      lock.release();
      throw e;
    }
  }

  /** Returns the directory itself, absolute. */
  public Path path() {
    return path;
  }

  /** Returns where the embedded broker keeps its data. */
  public Path broker() {
    return path.resolve("broker");
  }

  /**
   * Returns where the streams keep their state of one cluster, and who this instance is there:
   * Kafka Streams notes up to which offset its state goes, and on another cluster these offsets are
   * other records'.
   *
   * @param cluster the cluster's id
   */
  public Path streams(String cluster) {
    return path.resolve("streams").resolve("cluster-" + cluster.replaceAll("[^A-Za-z0-9._-]", "_"));
  }

  /** Gives the directory back; what is in it stays. */
  @Override
  public void close() {
    lock.release();
  }

  private static Path create(Path path) {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new DataDirectoryException(
          path + " is a file, a directory was expected; choose another one with --data");
    }
    try {
      if (!Files.exists(path)) {
        createPrivately(path);
      }
    } catch (IOException e) {
      throw new DataDirectoryException(
          "%s cannot be created (%s); choose another directory with --data".formatted(path, e), e);
    }
    if (!Files.isWritable(path)) {
      throw new DataDirectoryException(
          "%s is not writable for user %s; change its permissions or choose another directory with --data"
              .formatted(path, System.getProperty("user.name")));
    }
    return path;
  }

  private static void createPrivately(Path path) throws IOException {
    if (path.getParent() != null) {
      Files.createDirectories(path.getParent());
    }
    Files.createDirectories(path, ownerOnly());
  }

  private static FileAttribute<?>[] ownerOnly() {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
    };
  }
}
