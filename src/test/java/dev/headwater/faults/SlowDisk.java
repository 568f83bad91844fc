package dev.headwater.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A disk that is slow for some processes until it is closed: a control group of Linux bounds what
 * they write to it. What they only leave to the system to be written some time costs them nothing,
 * but whatever they wait for to lie on the disk (fsync) does. Others that wait for the same file
 * system's journal wait with them.
 */
final class SlowDisk implements AutoCloseable {
  private static final Path ALL = Path.of("/sys/fs/cgroup/blkio");
  private static final String MEMBERS = "cgroup.procs";
  private static final String BYTES = "blkio.throttle.write_bps_device";
  private static final String WRITES = "blkio.throttle.write_iops_device";

  private static final int BYTES_A_SECOND = 16 << 10;
  private static final int WRITES_A_SECOND = 4;

  private final Path group;
  private final String device;

  private SlowDisk(Path group, String device) throws IOException {
    this.group = group;
    this.device = device;
    Files.createDirectories(group);
    limit(BYTES_A_SECOND, WRITES_A_SECOND);
  }

  /** Returns a disk, the one on which a directory lies; it is slow for nobody yet. */
  static SlowDisk of(Path directory) {
    try {
      String name = "headwater-slow-" + ProcessHandle.current().pid();
      return new SlowDisk(ALL.resolve(name), device(directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a directory is on a disk that can be made slow here. */
  static boolean canBe(Path directory) {
    if (!Files.isWritable(ALL)) {
      return false;
    }
    try (var disk = of(directory)) {
      return true;
    } catch (UncheckedIOException notAllowedOrNoDisk) {
      return false;
    }
  }

  /** Limits are those of a whole disk, not of a part. */
  private static String device(Path directory) throws IOException {
    long number = (long) Files.getAttribute(directory, "unix:dev");
    long major = number >> 8 & 0xfff;
    long minor = number & 0xff | number >> 12 & 0xfff00;
    Path block = Path.of("/sys/dev/block/%d:%d".formatted(major, minor)).toRealPath();
    boolean isPart = Files.exists(block.resolve("partition"));
    return Files.readString((isPart ? block.getParent() : block).resolve("dev")).strip();
  }

  /** 0 is no limit. */
  private void limit(int bytes, int writes) throws IOException {
    Files.writeString(group.resolve(BYTES), device + " " + bytes);
    Files.writeString(group.resolve(WRITES), device + " " + writes);
  }

  /** Makes it slow for a process, and all that it starts from now on. */
  void slowFor(long pid) {
    move(pid, group);
  }

  private static void move(long pid, Path to) {
    try {
      Files.writeString(to.resolve(MEMBERS), Long.toString(pid));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes 32 KB to a new file as a process of the group; returns how long that takes. */
  Duration measure(Path file) throws IOException, InterruptedException {
    String script =
        "echo $$ > %s && exec dd if=/dev/zero of=%s bs=4k count=8 conv=fsync status=none";
    long start = System.nanoTime();
    var writer =
        new ProcessBuilder("sh", "-c", script.formatted(group.resolve(MEMBERS), file))
            .inheritIO()
            .start();
    if (writer.waitFor() != 0) {
      throw new AssertionError("dd could not write " + file);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** It is as fast as before for everybody. */
  @Override
  public void close() {
    try {
      limit(0, 0);
      for (String pid : Files.readAllLines(group.resolve(MEMBERS))) {
        move(Long.parseLong(pid), ALL);
      }
      Files.delete(group);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
