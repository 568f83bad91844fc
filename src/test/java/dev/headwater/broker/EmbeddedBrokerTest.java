package dev.headwater.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
  @TempDir Path dir;

  @Test
  void shouldKeepRecordsAndClusterIdAcrossRestarts() throws Exception {
    String clusterId;
    try (var broker = TestBroker.start(dir)) {
      clusterId = broker.broker().clusterId();
      assertThat(broker.admin().describeCluster().clusterId().get()).isEqualTo(clusterId);
      broker.createTopic("kept", 1);
      send(broker, "kept", "one");
    }
    try (var broker = TestBroker.start(dir)) {
      assertThat(broker.broker().clusterId()).isEqualTo(clusterId);
      assertThat(textOfFirst(broker, "kept")).isEqualTo("one");
    }
  }

  @Test
  void shouldHideRecordsOfAbortedTransactions() throws Exception {
    try (var broker = TestBroker.start(dir);
        var producer = broker.producer(Map.of("transactional.id", "test"))) {
      broker.createTopic("results", 1);
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(record("results", "aborted")).get();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(record("results", "committed")).get();
      producer.commitTransaction();
      assertThat(textOfFirst(broker, "results")).isEqualTo("committed");
    }
  }

  @Test
  void shouldRefusePortInUse() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> EmbeddedBroker.start(dir, port))
          .isInstanceOf(BrokerException.class)
          .hasMessage(
              "port %d is in use by another process; choose another with --broker-port", port);
      assertThat(dir).isEmptyDirectory();
    }
  }

  @Test
  void shouldRefusePortOfRunningBroker(@TempDir Path otherDir) {
    try (var broker = EmbeddedBroker.start(dir, 0)) {
      assertThatThrownBy(() -> EmbeddedBroker.start(otherDir, broker.port()))
          .isInstanceOf(BrokerException.class)
          .hasMessageContaining("is in use by another process");
    }
  }

  @Test
  void shouldRefusePortThatDoesNotExist() {
    assertThatThrownBy(() -> EmbeddedBroker.start(dir, 70_000))
        .isInstanceOf(BrokerException.class)
        .hasMessageStartingWith("port 70000 does not exist");
  }

  @Test
  void shouldRefuseCorruptMetaProperties() throws IOException {
    write("meta.properties", "version=\\u00zz");
    assertRefusedWith("is no data of this broker: meta.properties cannot be read");
  }

  @Test
  void shouldRefuseDataOfAnotherNode() throws IOException {
    write("meta.properties", "version=1\nnode.id=7\ncluster.id=x\ndirectory.id=y\n");
    assertRefusedWith("meta.properties has node.id 7, 1 was expected");
  }

  @Test
  void shouldRefuseDataWithoutClusterId() throws IOException {
    write("meta.properties", "version=1\nnode.id=1\n");
    assertRefusedWith("meta.properties has no cluster.id");
  }

  @Test
  void shouldRefuseFilesThatAreNotKafkas() throws IOException {
    write("holiday.txt", "sun");
    assertRefusedWith("it has files but no meta.properties");
  }

  @Test
  void shouldFormatAgainAfterInterruptedFormatting() throws IOException {
    Path unfinished = Files.createDirectories(dir.resolve("log.unfinished"));
    Files.writeString(unfinished.resolve("bootstrap.checkpoint"), "half");
    EmbeddedBroker.start(dir, 0).close();
    assertThat(unfinished).doesNotExist();
  }

  @Test
  void shouldFailWithinSecondsInsteadOfEndingTheProcess() {
    assertThatThrownBy(
            () -> EmbeddedBroker.start(dir, 0, Map.of("authorizer.class.name", "no.such.Class")))
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("did not start: Kafka gave up with status 1; the log says why");
    EmbeddedBroker.start(dir, 0).close();
  }

  @Test
  void shouldLeaveNoThreadsOfBrokerThatDidNotStart() {
    Set<Thread> before = userThreads();
    assertThatThrownBy(
            () -> EmbeddedBroker.start(dir, 0, Map.of("authorizer.class.name", "no.such.Class")))
        .isInstanceOf(BrokerException.class);
    assertThat(userThreads()).isSubsetOf(before);
  }

  @Test
  void shouldReportFailureWhenKafkaGivesUp() {
    try (var broker = EmbeddedBroker.start(dir, 0)) {
      assertThatThrownBy(() -> Exit.halt(1, "disk full")).isInstanceOf(BrokerException.class);
      assertThat(broker.failure().toCompletableFuture())
          .isCompletedExceptionally()
          .failsWithin(Duration.ZERO)
          .withThrowableThat()
          .withMessageContaining("Kafka gave up with status 1 (disk full)");
    }
  }

  @Test
  void shouldLeaveNoThreadsThatKeepTheProcessAlive() {
    Set<Thread> before = userThreads();
    EmbeddedBroker.start(dir, 0).close();
    assertThat(userThreads()).isSubsetOf(before);
  }

  @Test
  void shouldPrintNothingOnStandardOutput() {
    PrintStream original = System.out;
    var printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      EmbeddedBroker.start(dir, 0).close();
    } finally {
      System.setOut(original);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  private void assertRefusedWith(String message) {
    assertThatThrownBy(() -> EmbeddedBroker.start(dir, 0))
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining(message);
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(dir.resolve("log"));
    Files.writeString(dir.resolve("log").resolve(file), text);
  }

  private static Set<Thread> userThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.isDaemon())
        .collect(Collectors.toSet());
  }

  private static void send(TestBroker broker, String topic, String text) throws Exception {
    try (var producer = broker.producer(Map.of())) {
      producer.send(record(topic, text)).get();
    }
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, String text) {
    return new ProducerRecord<>(topic, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String textOfFirst(TestBroker broker, String topic) {
    return new String(broker.read(topic, 1).get(0).value(), StandardCharsets.UTF_8);
  }
}
