package dev.headwater.broker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An exclusive lock on a directory: the operating system's lock on its file {@code lock}, in which
 * the owner's process id stands. The system frees it when the process ends, killed or not.
 */
final class DirectoryLock {
  /** The byte that is locked: behind the process id, which others must be able to read. */
  private static final long LOCKED_BYTE = 1 << 20;

  /**
   * Directories locked by this process. POSIX drops a lock as soon as the process closes any
   * descriptor of the file, so that a second taker in here must not even open it.
   */
  private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

  /** Channels that must stay open, since closing them would free another class loader's lock. */
  private static final Queue<FileChannel> NEVER_CLOSED = new ConcurrentLinkedQueue<>();

  private final Path directory;
  private final FileChannel channel;
  private final AtomicBoolean released = new AtomicBoolean();

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Locks an existing directory.
   *
   * @throws DataDirectoryException if a process, this one included, has it
   */
  static DirectoryLock take(Path directory) {
    Path real = null;
    boolean locked = false;
    try {
      real = directory.toRealPath();
      if (!TAKEN.add(real)) {
        real = null;
        throw inUse(directory, Optional.of(ProcessHandle.current().pid()));
      }
      FileChannel channel = lockFile(directory);
      locked = true;
      return new DirectoryLock(real, channel);
    } catch (IOException e) {
      throw new DataDirectoryException(
          "%s cannot be locked (%s); choose a directory on a local disk with --data"
              .formatted(directory, e),
          e);
    } finally {
      if (!locked && real != null) {
        TAKEN.remove(real);
      }
    }
  }

  private static FileChannel lockFile(Path directory) throws IOException {
    Path file = directory.resolve("lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      if (lock == null) {
        channel.close();
        throw inUse(directory, ownerIn(file));
      }
      write(channel, Long.toString(ProcessHandle.current().pid()));
      return channel;
    } catch (OverlappingFileLockException e) {
      NEVER_CLOSED.add(channel);
      throw inUse(directory, Optional.of(ProcessHandle.current().pid()));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Frees the directory. */
  void release() {
    if (!released.compareAndSet(false, true)) {
      return;
    }
    try (channel) {
      write(channel, "");
    } catch (IOException e) {
      throw new DataDirectoryException("the lock of " + directory + " cannot be freed: " + e, e);
    } finally {
      TAKEN.remove(directory);
    }
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
    channel.force(false);
  }

  private static Optional<Long> ownerIn(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    return text.matches("\\d{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  private static DataDirectoryException inUse(Path directory, Optional<Long> owner) {
    String process = owner.map(pid -> "process " + pid).orElse("another process");
    return new DataDirectoryException(
        "%s is in use by %s; stop it or choose another directory with --data"
            .formatted(directory, process));
  }
}
