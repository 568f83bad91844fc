package dev.headwater.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Which faults of stream threads are mended, and which end the service. */
class StreamFaultsTest {
  private final StreamFaults faults = new StreamFaults(3, 4);

  private static Throwable spoilt(Status.Code code) {
    var status = new Status(code, Status.SubCode.None, "CURRENT file does not end with newline");
    return new ProcessorStateException("Error opening store", new RocksDBException(status));
  }

  @Test
  void shouldMendAFewFaultsAndThenGiveUp() {
    for (int n = 1; n <= 5; n++) {
      assertThat(faults.add(new IllegalStateException(), n)).isEqualTo(n);
    }
    assertThat(faults.add(new IllegalStateException(), 6)).isEqualTo(-6);
  }

  @Test
  void shouldForgetFaultsOfLongAgo() {
    for (int n = 1; n <= 5; n++) {
      faults.add(new IllegalStateException(), n);
    }
    assertThat(faults.add(new IllegalStateException(), Duration.ofMinutes(11).toNanos()))
        .isEqualTo(1);
  }

  @Test
  void shouldMendTheSpoiltStateOfEachTask() {
    for (int n = 1; n <= 24; n++) {
      assertThat(faults.add(spoilt(Status.Code.Corruption), n)).isEqualTo(n);
    }
    assertThat(faults.add(spoilt(Status.Code.Corruption), 25)).isEqualTo(-25);
    assertThat(faults.add(new IllegalStateException(), 26)).as("another kind").isEqualTo(1);
  }

  @Test
  void shouldNotTakeAFullDiskForSpoiltState() {
    for (int n = 1; n <= 5; n++) {
      assertThat(faults.add(spoilt(Status.Code.IOError), n)).isEqualTo(n);
    }
    assertThat(faults.add(spoilt(Status.Code.IOError), 6)).isEqualTo(-6);
  }
}
