package dev.headwater.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.headwater.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * How long a model learns nothing after {@code kill -9} of the instance that trains it, until the
 * other one has counted a further example. The killed one stays away that long, and is killed no
 * sooner than the other one has its copies: with a standby is what is measured. It prints what it
 * measures, and asserts that another takes over at all.
 */
@Tag("alone")
@ExtendWith(OnAFaultBed.class)
@EnabledIfSystemProperty(named = "faults.long", matches = "true")
class TakeoverTimeIT {
  private static final String NAME = "takeover";
  private static final String MODEL = LabelledLoad.MODELS.get(0);
  private static final int KILLS = Integer.getInteger("faults.takeovers", 10);
  private static final int PER_SECOND = Integer.getInteger("faults.per-second", 5);

  /** Records that are on their way. */
  private static final int FEW = 100;

  private static final Duration SETTLED =
      Duration.ofSeconds(Integer.getInteger("faults.settled", 5));
  private static final int ENDLESS = 1_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(180);

  @Test
  void shouldTrainOnAnotherInstanceAfterTheTrainerIsKilled(FaultBed bed) {
    var times = new ArrayList<Long>();
    try (var load = new LabelledLoad(bed.clients(), NAME, FaultSettings.seed(), PER_SECOND)) {
      load.allow(ENDLESS);
      while (times.size() < KILLS) {
        times.add(takeover(bed));
        System.out.printf("%s %d: %d ms%n", NAME, times.size(), times.get(times.size() - 1));
      }
      load.allow(0);
      load.flush();
      bed.remember(load.sent());
    }
    var found = Invariants.check(bed);
    print(times, found);
  }

  private static long takeover(FaultBed bed) {
    bed.instances().forEach(Instance::awaitReady);
    int trainer =
        Eventually.get("who trains " + MODEL, PATIENCE, () -> trainer(bed), Optional::isPresent)
            .orElseThrow();
    var other = bed.instance(1 - trainer);
    Eventually.get(
        "copies of " + other.name(),
        PATIENCE,
        other::copyLag,
        lag -> lag.isPresent() && lag.getAsDouble() <= FEW);
    long before = examples(bed.instance(trainer).model(MODEL));
    bed.instance(trainer).kill();
    long start = System.nanoTime();
    Eventually.get(
        "an example after the first %d counted by %s".formatted(before, other.name()),
        PATIENCE,
        () -> {
          other.requireAlive();
          return examples(other.model(MODEL));
        },
        found -> found > before);
    long took = Duration.ofNanos(System.nanoTime() - start).toMillis();
    bed.instance(trainer).start();
    return took;
  }

  /** The one instance that knows the model and goes on learning it: after a start, tasks move. */
  private static Optional<Integer> trainer(FaultBed bed) {
    var before = counts(bed);
    FaultRun.pause(SETTLED);
    var after = counts(bed);
    return IntStream.range(0, after.size())
        .filter(index -> before.get(index) > 0 && after.get(index) > before.get(index))
        .filter(index -> before.get(1 - index) == 0 && after.get(1 - index) == 0)
        .boxed()
        .findFirst();
  }

  private static List<Long> counts(FaultBed bed) {
    return bed.instances().stream().map(instance -> examples(instance.model(MODEL))).toList();
  }

  private static long examples(Optional<JsonNode> model) {
    return model.map(found -> found.get("examples").asLong()).orElse(0L);
  }

  private static void print(List<Long> times, Invariants.Found found) {
    var sorted = times.stream().sorted().toList();
    System.out.printf(
        "%s: %d kills, median %d ms, maximum %d ms; in all %s%n",
        NAME,
        sorted.size(),
        (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2,
        sorted.get(sorted.size() - 1),
        found);
  }
}
