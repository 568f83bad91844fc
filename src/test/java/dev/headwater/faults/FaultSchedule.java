package dev.headwater.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Which faults come when, all drawn from a seed: the same seed gives the same schedule. What the
 * processes are at in that instant is as the machine will have it.
 *
 * @param seed for the line that a test prints
 */
record FaultSchedule(long seed, List<Planned> planned) {
  private static final int INSTANCES = 2;
  private static final int LONGEST_WAIT_MS = 6_000;
  private static final int LONGEST_DOWN_MS = 3_000;

  /** Half and twice the session timeout of the consumers, which is six seconds. */
  private static final int[] STOPPED_MS = {3_000, 12_000};

  /** A fault, and how long the others have worked in peace before it. */
  record Planned(Duration after, Fault fault) {}

  /** What may be drawn. */
  enum Kind {
    KILL_INSTANCE,
    STOP_INSTANCE,
    SPOIL_STATE,
    KILL_BROKER,
    STOP_BROKER
  }

  FaultSchedule {
    planned = List.copyOf(planned);
  }

  /** Draws so many faults of some kinds; one kind may stand there several times. */
  static FaultSchedule draw(long seed, int count, Kind... kinds) {
    var random = new SplittableRandom(seed);
    var planned = new ArrayList<Planned>();
    for (int i = 0; i < count; i++) {
      var after = millis(random, LONGEST_WAIT_MS);
      planned.add(new Planned(after, draw(random, kinds[random.nextInt(kinds.length)])));
    }
    return new FaultSchedule(seed, planned);
  }

  private static Fault draw(SplittableRandom random, Kind kind) {
    int instance = random.nextInt(INSTANCES);
    int broker = 1 + random.nextInt(BrokerCluster.NODES);
    var down = millis(random, LONGEST_DOWN_MS);
    var stopped = Duration.ofMillis(STOPPED_MS[random.nextInt(STOPPED_MS.length)]);
    return switch (kind) {
      case KILL_INSTANCE -> new Fault.KillInstance(instance, down);
      case STOP_INSTANCE -> new Fault.StopInstance(instance, stopped);
      case SPOIL_STATE -> new Fault.SpoilState(instance, random.nextBoolean(), random.nextLong());
      case KILL_BROKER -> new Fault.KillBroker(broker, down);
      case STOP_BROKER -> new Fault.StopBroker(broker, stopped);
    };
  }

  private static Duration millis(SplittableRandom random, int bound) {
    return Duration.ofMillis(random.nextInt(bound));
  }
}
