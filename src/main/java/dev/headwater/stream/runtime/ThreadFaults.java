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
 * Counts the faults of stream threads, and says which are for a person. Thread-safe.
 *
 * <p>A task whose local state is spoilt costs a fault, loses that state, and reads it from Kafka:
 * where a disk has gone bad, all tasks do, one after the other. So these are counted by themselves,
 * and a task whose state is spoilt again and again ends that.
 */
public final class ThreadFaults {
  /** Faults within {@link #MEMORY} that are mended: one that stays is for a person. */
  private static final int MOST = 5;

  /** A thread that is replaced may meet the same fault once more. */
  private static final int MORE_THAN_THREADS = 2;

  /** What was read from Kafka anew, and was spoilt again, is not spoilt by chance. */
  private static final int MOST_OF_A_TASK = 2;

  /** For faults that do not name their task. */
  private static final int SPOILT_A_TASK = MOST_OF_A_TASK + 1;

  private static final Duration MEMORY = Duration.ofMinutes(10);

  /** How Kafka Streams begins to say that it cannot read a {@code .checkpoint}. */
  private static final String UNREADABLE_CHECKPOINT = "Error loading and deleting checkpoint file";

  /** A broker that stalls can bring it about, too. */
  private static final String TWIN =
      ": its place was taken; where a process runs on a copy of this one's data directory, stop"
          + " both, delete the directory streams of the copy, and start both";

  private final int most;

  private final int mostSpoilt;
  private final Deque<Fault> faults = new ArrayDeque<>();

  /**
   * @param threads of inference and learner
   * @param tasks of both that have state
   */
  public ThreadFaults(int threads, int tasks) {
    most = Math.max(MOST, threads + MORE_THAN_THREADS);
    mostSpoilt = Math.max(most, SPOILT_A_TASK * tasks);
  }

  /** What is done about a fault: the thread is replaced, or the application stops; and why. */
  public record Verdict(boolean isMended, String sentence) {}

  private record Fault(String application, Optional<TaskId> task, boolean isSpoilt, long at) {
    static Fault of(String application, Throwable thrown, long at) {
      return new Fault(
          application, ThreadFaults.task(thrown), ThreadFaults.isSpoiltState(thrown), at);
    }

    boolean isOfTheTaskOf(Fault other) {
      return isSpoilt
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
      return new Verdict(false, spoiltAgain(application, newest.task().orElseThrow()));
    }
    long alike = count(fault -> fault.isSpoilt() == newest.isSpoilt());
    boolean isMended = alike <= (newest.isSpoilt() ? mostSpoilt : most);
    return new Verdict(isMended, sentence(newest, thrown, alike, isMended));
  }

  private static String sentence(Fault fault, Throwable thrown, long alike, boolean isMended) {
    return "A stream thread of the %s application failed%s, fault %d of its kind within %d minutes, and %s%s"
        .formatted(
            fault.application(),
            fault.isSpoilt() ? " on spoilt local state" : "",
            alike,
            MEMORY.toMinutes(),
            isMended ? "is replaced" : "the " + fault.application() + " application stops",
            any(thrown, FencedInstanceIdException.class::isInstance) ? TWIN : "");
  }

  private long count(Predicate<Fault> which) {
    return faults.stream().filter(which).count();
  }

  private static String spoiltAgain(String application, TaskId task) {
    return ("The local state of task %s of the %s application was spoilt for the third time within"
            + " %d minutes, though it was read from Kafka in between, and the %s application"
            + " stops: see whether the disk with the data directory fails")
        .formatted(task, application, MEMORY.toMinutes(), application);
  }

  private static Optional<TaskId> task(Throwable thrown) {
    return causes(thrown)
        .flatMap(cause -> cause instanceof StreamsException e ? e.taskId().stream() : Stream.of())
        .findFirst();
  }

  private static boolean isSpoiltState(Throwable thrown) {
    return any(thrown, cause -> isCorruption(cause) || isUnreadableCheckpoint(cause));
  }

  /** A full disk is another thing: that does not go away by reading it all again. */
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
