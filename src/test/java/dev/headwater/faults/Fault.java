package dev.headwater.faults;

import java.time.Duration;

/** One thing that is done to a process, and how long it lasts. */
sealed interface Fault {
  /** {@code kill -9} of an instance, which is started again after a while on the same data. */
  record KillInstance(int instance, Duration down) implements Fault {}

  /** SIGSTOP of an instance, then SIGCONT: it wakes up and knows nothing of the time between. */
  record StopInstance(int instance, Duration stopped) implements Fault {}

  /**
   * An instance is killed, or stopped as {@code kill} does, and its local files are overwritten
   * before it starts again. After a clean stop it has a checkpoint to trust; after a kill it has
   * not.
   */
  record SpoilState(int instance, boolean clean, long seed) implements Fault {}

  /** {@code kill -9} of a broker, which is started again after a while on the same data. */
  record KillBroker(int broker, Duration down) implements Fault {}

  /** SIGSTOP of a broker, then SIGCONT: to all others it is a disk that takes for ever. */
  record StopBroker(int broker, Duration stopped) implements Fault {}
}
