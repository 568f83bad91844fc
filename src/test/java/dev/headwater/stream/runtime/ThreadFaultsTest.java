package dev.headwater.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Which faults of stream threads are mended, and which end the service. */
class ThreadFaultsTest {
  private static final int TASKS = 36;

  private final ThreadFaults faults = new ThreadFaults(3, TASKS);

  private static Throwable corrupted(Status.Code code) {
    var status = new Status(code, Status.SubCode.None, "CURRENT file does not end with newline");
    return new ProcessorStateException("Error opening store", new RocksDBException(status));
  }

  private static Throwable corrupted(int partition) {
    var task = new TaskId(0, partition);
    return new RuntimeException(
        new StreamsException("failed", corrupted(Status.Code.Corruption), task));
  }

  private boolean isReplaced(Throwable fault, long now) {
    return faults.add("inference", fault, now).isReplaced();
  }

  @Test
  void shouldReplaceThreadsWithAFewFaultsAndThenGiveUp() {
    for (int n = 1; n <= 5; n++) {
      assertThat(isReplaced(new IllegalStateException(), n)).isTrue();
    }
    var last = faults.add("inference", new IllegalStateException(), 6);
    assertThat(last.isReplaced()).isFalse();
    assertThat(last.sentence())
        .isEqualTo(
            "A stream thread of the inference application failed, fault 6 of its kind within 10"
                + " minutes, and the inference application stops");
  }

  @Test
  void shouldNotPromiseToReplaceTheThreadThatCannotBe() {
    var verdict = ThreadFaults.ofGlobalThread("inference");
    assertThat(verdict.isReplaced()).isFalse();
    assertThat(verdict.sentence())
        .isEqualTo(
            "The thread of the inference application that reads the heads in service failed, and"
                + " the inference application stops");
  }

  @Test
  void shouldForgetFaultsOfLongAgo() {
    for (int n = 1; n <= 5; n++) {
      isReplaced(new IllegalStateException(), n);
    }
    assertThat(isReplaced(new IllegalStateException(), Duration.ofMinutes(11).toNanos())).isTrue();
  }

  @Test
  void shouldReplaceThreadsWithTheCorruptedStateOfEachTask() {
    for (int n = 0; n < 2 * TASKS; n++) {
      assertThat(isReplaced(corrupted(n / 2), n)).as("fault %d", n).isTrue();
    }
    assertThat(isReplaced(new IllegalStateException(), 100)).as("another kind").isTrue();
  }

  @Test
  void shouldReplaceThreadsWithCorruptedStateOfUnnamedTasksAsOftenAsThereMayBe() {
    for (int n = 0; n < 3 * TASKS; n++) {
      assertThat(isReplaced(corrupted(Status.Code.Corruption), n)).as("fault %d", n).isTrue();
    }
    assertThat(isReplaced(corrupted(Status.Code.Corruption), 200)).isFalse();
  }

  @Test
  void shouldGiveUpATaskWhoseStateIsCorruptedForTheThirdTime() {
    for (int n = 0; n < 2; n++) {
      assertThat(faults.add("inference", corrupted(1), n).isReplaced()).isTrue();
      assertThat(faults.add("learner", corrupted(1), n).isReplaced()).isTrue();
    }
    var third = faults.add("inference", corrupted(1), 3);
    assertThat(third.isReplaced()).isFalse();
    assertThat(third.sentence())
        .startsWith(
            "The local state of task 0_1 of the inference application was corrupted for the third"
                + " time");
    assertThat(isReplaced(corrupted(1), Duration.ofMinutes(11).toNanos()))
        .as("much later")
        .isTrue();
  }

  @Test
  void shouldTakeAnUnreadableCheckpointForCorruptedState(@TempDir Path directory)
      throws IOException {
    var unreadable = unreadableCheckpoint(directory);
    assertThat(unreadable).isInstanceOf(ProcessorStateException.class);
    for (int n = 1; n <= 6; n++) {
      assertThat(isReplaced(unreadable, n)).as("fault %d", n).isTrue();
    }
  }

  /** What Kafka Streams throws of a task's directory with noise in its {@code .checkpoint}. */
  private static Throwable unreadableCheckpoint(Path directory) throws IOException {
    var task = Files.createDirectories(directory.resolve("noise").resolve("0_0"));
    Files.write(task.resolve(".checkpoint"), new byte[] {(byte) 0xfe, 17, '\n', (byte) 0x80});
    var builder = new StreamsBuilder();
    builder.table(
        "input", Consumed.with(Serdes.String(), Serdes.String()), Materialized.as("store"));
    var properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "noise");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    return catchThrowable(() -> new TopologyTestDriver(builder.build(), properties).close());
  }

  @Test
  void shouldNotTakeAFullDiskForCorruptedState() {
    for (int n = 1; n <= 5; n++) {
      assertThat(isReplaced(corrupted(Status.Code.IOError), n)).isTrue();
    }
    assertThat(isReplaced(corrupted(Status.Code.IOError), 6)).isFalse();
  }

  @Test
  void shouldSayWhatToDoWhereAnotherProcessHasTheSamePlace() {
    var fenced = new StreamsException(new FencedInstanceIdException("fenced"));
    var verdict = faults.add("learner", fenced, 1);
    assertThat(verdict.isReplaced()).as("a broker that stalls can bring it about").isTrue();
    assertThat(verdict.sentence())
        .startsWith("A stream thread of the learner application failed, fault 1 of its kind")
        .contains("a copy of this one's data directory")
        .contains("delete the directory streams of the copy");
  }
}
