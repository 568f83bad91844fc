package dev.headwater.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.headwater.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The clock on the wall of one instance jumps, forth and back by up to two hours, while the brokers
 * and the other instance keep theirs. That is less than images are remembered: a clock that jumps
 * by more than the retention forgets them, as it should.
 *
 * <p>Afterwards the instance is killed and started by the right clock: Kafka's clients measure
 * their waits by the clock on the wall, and after a jump back some wait until it has caught up.
 *
 * <p>libfaketime (Debian: {@code faketime}) stands between the process and the system's clock; the
 * monotonic clock, by which threads wait, goes on as it does when someone sets the time.
 */
@Tag("alone")
@ExtendWith(OnAFaultBed.class)
@EnabledIfSystemProperty(named = "faults.long", matches = "true")
class ClockJumpIT {
  private static final String NAME = "clock-jump";
  private static final int JUMPS = 6;
  private static final int IMAGES = 300;
  private static final int PER_SECOND = 20;
  private static final int FURTHEST_SECONDS = 7200;

  /** Asking for the time takes a hundred times as long through the library. */
  private static final Duration SLOW_START = Duration.ofMinutes(5);

  private static final Duration AFTERWARDS = Duration.ofSeconds(15);

  @Test
  void shouldCountOnceWhicheverTimeTheClockShows(FaultBed bed) throws IOException {
    var library = library();
    assumeTrue(library.isPresent(), "needs libfaketime: Debian's package faketime");
    Path offset = bed.newDirectory(NAME).resolve("offset");
    Files.writeString(offset, "+0");
    var victim = bed.instance(1);
    bed.instance(0).awaitReady();
    victim.kill();
    var before = Map.copyOf(victim.environment());
    victim.with(
        Map.of(
            "LD_PRELOAD",
            library.get().toString(),
            "FAKETIME_TIMESTAMP_FILE",
            offset.toString(),
            "FAKETIME_CACHE_DURATION",
            "1",
            "DONT_FAKE_MONOTONIC",
            "1"));
    victim.start();
    victim.awaitReady(SLOW_START);
    jump(bed, offset);
    FaultRun.pause(AFTERWARDS);
    System.out.printf(
        "%s: %d jumps; %d s after the last the instance %s%n",
        NAME,
        JUMPS,
        AFTERWARDS.toSeconds(),
        victim.isReady() ? "says it processes" : "is not ready");
    victim.kill();
    victim.withOnly(before).start();
    System.out.printf("%s: %d images, in all %s%n", NAME, IMAGES, Invariants.check(bed));
  }

  private static void jump(FaultBed bed, Path offset) throws IOException {
    var random = new SplittableRandom(FaultSettings.seed());
    try (var load = new LabelledLoad(bed.clients(), NAME, FaultSettings.seed(), PER_SECOND)) {
      for (int n = 1; n <= JUMPS; n++) {
        int allowed = IMAGES * n / JUMPS;
        load.allow(allowed);
        Eventually.get("sent", () -> load.sent().size(), sent -> sent >= allowed);
        int seconds = random.nextInt(-FURTHEST_SECONDS, FURTHEST_SECONDS);
        Files.writeString(offset, "%+d".formatted(seconds));
      }
      load.flush();
      bed.remember(load.sent());
    }
  }

  private static Optional<Path> library() throws IOException {
    Path root = Path.of("/usr/lib");
    if (!Files.isDirectory(root)) {
      return Optional.empty();
    }
    try (var folders = Files.list(root)) {
      return folders
          .map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
          .filter(Files::exists)
          .findFirst();
    }
  }
}
