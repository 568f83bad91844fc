package dev.headwater.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.headwater.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The disk with an instance's state fills up: the instance may stop, but counts nothing wrongly,
 * and goes on where there is room again.
 *
 * <p>The disk is a tmpfs that only the instance sees, and a file fills it. The brokers' disk is
 * another one. Afterwards the instance is on its old directory, whose state is out of date.
 */
@Tag("alone")
@ExtendWith(OnAFaultBed.class)
@EnabledIfSystemProperty(named = "faults.long", matches = "true")
class FullDiskIT {
  private static final String NAME = "full-disk";
  private static final int IMAGES = 300;
  private static final int PER_SECOND = 20;
  private static final Duration FULL = Duration.ofSeconds(30);

  @Test
  void shouldCountNothingWronglyWhenTheDiskIsFull(FaultBed bed) throws Exception {
    assumeTrue(canMount(), "needs unshare and the right to mount a tmpfs");
    var victim = bed.instance(1);
    try (var load = new LabelledLoad(bed.clients(), NAME, FaultSettings.seed(), PER_SECOND)) {
      bed.instance(0).awaitReady();
      victim.kill();
      victim.within(onTmpfs(victim.state())).start();
      victim.awaitReady();
      load.allow(IMAGES / 3);
      Eventually.get("some sent", () -> load.sent().size(), sent -> sent >= IMAGES / 3);
      long filled = fill(victim);
      load.allow(IMAGES);
      FaultRun.pause(FULL);
      System.out.printf(
          "%s: %d bytes filled; after %d s the instance %s%n",
          NAME, filled, FULL.toSeconds(), conditionOf(victim));
      victim.kill();
      victim.within().start();
      Eventually.get("all sent", () -> load.sent().size(), sent -> sent == IMAGES);
      load.flush();
      bed.remember(load.sent());
    }
    victim.awaitReady();
    System.out.printf("%s: %d images, in all %s%n", NAME, IMAGES, Invariants.check(bed));
  }

  private static String conditionOf(Instance instance) {
    if (!instance.isAlive()) {
      return "has ended";
    }
    if (instance.asksForARestart()) {
      return "asks for a restart";
    }
    return instance.isReady() ? "processes" : "is not ready";
  }

  private static boolean canMount() throws InterruptedException {
    try {
      var probe = "mount -t tmpfs -o size=1m none /mnt";
      return new ProcessBuilder("unshare", "-Urm", "sh", "-c", probe).start().waitFor() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }

  private static String[] onTmpfs(Path state) {
    String script = "mkdir -p %1$s && mount -t tmpfs -o size=192m none %1$s && exec \"$0\" \"$@\"";
    return new String[] {"unshare", "-Urm", "sh", "-c", script.formatted(state)};
  }

  /** Writes until nothing fits, through the view that the process has of the file system. */
  private static long fill(Instance victim) throws IOException {
    Path file = Path.of("/proc/" + victim.pid() + "/root" + victim.state() + "/filler");
    long written = 0;
    try (var out = Files.newOutputStream(file)) {
      for (byte[] noise = new byte[4096]; ; written += noise.length) {
        out.write(noise);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
      return written;
    }
  }
}
