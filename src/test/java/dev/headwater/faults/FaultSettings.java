package dev.headwater.faults;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the system properties {@code faults.…} say of a run: by default the short form, which every
 * build runs; the Maven profile {@code faults} sets the long one.
 */
final class FaultSettings {
  private static final long SEED = 20261;

  private FaultSettings() {}

  static boolean isLong() {
    return Boolean.getBoolean("faults.long");
  }

  /** Of the schedule and of the images. */
  static long seed() {
    return Long.getLong("faults.seed", SEED);
  }

  /** How often processes are killed. */
  static int kills() {
    return Integer.getInteger("faults.kills", 1);
  }

  /** Labelled images of the test that kills. */
  static int images() {
    return Integer.getInteger("faults.images", 150);
  }

  /**
   * Further variables of every instance, from {@code -Dfaults.environment=NAME=VALUE,NAME=VALUE}.
   */
  static Map<String, String> environment() {
    return Arrays.stream(System.getProperty("faults.environment", "").split(","))
        .filter(pair -> pair.contains("="))
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0].strip(), pair -> pair[1].strip()));
  }
}
