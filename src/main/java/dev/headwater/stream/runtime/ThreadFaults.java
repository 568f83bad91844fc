package dev.headwater.stream.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.TaskId;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * Counts the faults of stream threads, and decides whether a thread is replaced or the application
 * stops. Thread-safe.
 *
 * <p>A task whose local state is corrupted costs a fault, drops that state, and restores it from
 * Kafka. On a bad disk every task does so, one after the other. So these faults are counted apart,
 * and a task whose state is corrupted again and again stops the application.
 */
public final class ThreadFaults {
  /** Faults within {@link #MEMORY} after which threads are replaced; more need a person. */
  private static final int MOST = 5;

  /** A thread that is replaced may meet the same fault once more. */
  private static final int MORE_THAN_THREADS = 2;

  /** State that was restored and is corrupted again is not corrupted by chance. */
  private static final int MOST_OF_A_TASK = 2;

  /** For faults that do not name their task. */
  private static final int CORRUPTIONS_A_TASK = MOST_OF_A_TASK + 1;

  private static final Duration MEMORY = Duration.ofMinutes(10);

  /** How Kafka Streams begins to say that it cannot read a {@code .checkpoint}. */
  private static final String UNREADABLE_CHECKPOINT = "Error loading and deleting checkpoint file";

  /** A broker that stalls can cause it, too. */
  private static final String FENCED =
      ": another process has taken its membership; where a process runs on a copy of this one's"
          + " data directory, stop both, delete the directory streams of the copy, and start both";

  private final int most;

  private final int mostCorrupted;
  private final Deque<Fault> faults = new ArrayDeque<>();

  /**
   * @param threads of inference and learner
   * @param tasks of both that have state
   */
  public ThreadFaults(int threads, int tasks) {
    most = Math.max(MOST, threads + MORE_THAN_THREADS);
    mostCorrupted = Math.max(most, CORRUPTIONS_A_TASK * tasks);
  }

  /** What is done about a fault, the thread is replaced or the application stops, and why. */
  public record Verdict(boolean isReplaced, String sentence) {}

  private record Fault(String application, Optional<TaskId> task, boolean isCorrupted, long at) {
    static Fault of(String application, Throwable thrown, long at) {
      return new Fault(
          application, ThreadFaults.task(thrown), ThreadFaults.isCorruptedState(thrown), at);
    }

    boolean isOfTheTaskOf(Fault other) {
      return isCorrupted
          && task.isPresent()
          && task.equals(other.task)
          && application.equals(other.application);
    }
  }

  /** Returns what is done about a fault of the one thread that Kafka Streams cannot replace. */
  public static Verdict ofGlobalThread(String application) {
    return new Verdict(
        false,
        "The thread of the %1$s application that reads the heads in service failed, and the %1$s application stops"
            .formatted(application));
  }

  /**
   * Counts one of a stream thread.
   *
   * @param application inference or learner
   * @param now in ns, of the monotonic clock
   */
  public synchronized Verdict add(String application, Throwable thrown, long now) {
    faults.removeIf(fault -> now - fault.at() > MEMORY.toNanos());
    var newest = Fault.of(application, thrown, now);
    faults.add(newest);
    if (count(newest::isOfTheTaskOf) > MOST_OF_A_TASK) {
      return new Verdict(false, corruptedAgain(application, newest.task().orElseThrow()));
    }
    long alike = count(fault -> fault.isCorrupted() == newest.isCorrupted());
    boolean isReplaced = alike <= (newest.isCorrupted() ? mostCorrupted : most);
    return new Verdict(isReplaced, sentence(newest, thrown, alike, isReplaced));
  }

  private static String sentence(Fault fault, Throwable thrown, long alike, boolean isReplaced) {
    return "A stream thread of the %s application failed%s, fault %d of its kind within %d minutes, and %s%s"
        .formatted(
            fault.application(),
            fault.isCorrupted() ? " on corrupted local state" : "",
            alike,
            MEMORY.toMinutes(),
            isReplaced ? "is replaced" : "the " + fault.application() + " application stops",
            any(thrown, FencedInstanceIdException.class::isInstance) ? FENCED : "");
  }

  private long count(Predicate<Fault> which) {
    return faults.stream().filter(which).count();
  }

  private static String corruptedAgain(String application, TaskId task) {
    return ("The local state of task %s of the %s application was corrupted for the third time"
            + " within %d minutes, though it was restored from Kafka in between, and the %s"
            + " application stops: check the disk with the data directory")
        .formatted(task, application, MEMORY.toMinutes(), application);
  }

  private static Optional<TaskId> task(Throwable thrown) {
    return causes(thrown)
        .flatMap(cause -> cause instanceof StreamsException e ? e.taskId().stream() : Stream.of())
        .findFirst();
  }

  private static boolean isCorruptedState(Throwable thrown) {
    return any(thrown, cause -> isCorruption(cause) || isUnreadableCheckpoint(cause));
  }

  /** A full disk is another thing: restoring does not help. */
  private static boolean isCorruption(Throwable cause) {
    return cause instanceof RocksDBException rocks
        && rocks.getStatus() != null
        && rocks.getStatus().getCode() == Status.Code.Corruption;
  }

  private static boolean isUnreadableCheckpoint(Throwable cause) {
    return cause instanceof ProcessorStateException
        && cause.getMessage() != null
        && cause.getMessage().contains(UNREADABLE_CHECKPOINT);
  }

  private static boolean any(Throwable thrown, Predicate<Throwable> which) {
    return causes(thrown).anyMatch(which);
  }

  private static Stream<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause);
  }
}
