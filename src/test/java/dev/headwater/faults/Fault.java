package dev.headwater.faults;

import java.time.Duration;

/** One thing that is done to a process, and how long it lasts. */
sealed interface Fault {
  /** {@code kill -9} of an instance, which is started again after a while on the same data. */
  record KillInstance(int instance, Duration down) implements Fault {}

  /** SIGSTOP of an instance, then SIGCONT: it wakes up and knows nothing of the time between. */
  record StopInstance(int instance, Duration stopped) implements Fault {}

  /** {@code kill -9} of an instance, whose local files are overwritten before it starts again. */
  record SpoilState(int instance, long seed) implements Fault {}

  /** {@code kill -9} of a broker, which is started again after a while on the same data. */
  record KillBroker(int broker, Duration down) implements Fault {}

  /** SIGSTOP of a broker, then SIGCONT: to all others it is a disk that takes for ever. */
  record StopBroker(int broker, Duration stopped) implements Fault {}
}
