package dev.headwater.broker;

import dev.headwater.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A broker on a free port for a test, with clients for it: an embedded one here, and from {@link
 * KafkaForTests} whichever was chosen:
 *
 * <pre>{@code
 * @TempDir static Path dir;
 * static TestBroker broker;
 *
 * @BeforeAll static void start() { broker = TestBroker.start(dir); }
 * @AfterAll static void stop() { broker.close(); }
 * }</pre>
 */
public final class TestBroker implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LARGEST_RECORD = 32 << 20;

  private final Optional<EmbeddedBroker> embedded;
  private final String bootstrapServers;
  private final Runnable stop;
  private final Admin admin;

  private TestBroker(EmbeddedBroker broker) {
    this(Optional.of(broker), broker.bootstrapServers(), broker::close);
  }

  /** A broker that was started elsewhere, and how it is stopped. */
  TestBroker(String bootstrapServers, Runnable stop) {
    this(Optional.empty(), bootstrapServers, stop);
  }

  private TestBroker(Optional<EmbeddedBroker> embedded, String bootstrapServers, Runnable stop) {
    this.embedded = embedded;
    this.bootstrapServers = bootstrapServers;
    this.stop = stop;
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  /** Starts a broker whose data is in {@code directory}. */
  public static TestBroker start(Path directory) {
    return start(directory, Map.of());
  }

  /** Starts a broker with Kafka settings over its own. */
  public static TestBroker start(Path directory, Map<String, String> extraSettings) {
    return new TestBroker(EmbeddedBroker.start(directory, 0, extraSettings));
  }

  /** Returns the clients of one that runs, and goes on running when they are closed. */
  public static TestBroker at(String bootstrapServers) {
    return new TestBroker(bootstrapServers, () -> {});
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  public EmbeddedBroker broker() {
    return embedded.orElseThrow();
  }

  public Admin admin() {
    return admin;
  }

  public void createTopic(String name, int partitions) {
    createTopic(new NewTopic(name, partitions, (short) 1));
  }

  /**
   * Creates a topic and waits until the broker knows it: the controller, which creates it, is
   * first.
   */
  public void createTopic(NewTopic topic) {
    try {
      admin.createTopics(List.of(topic)).all().get();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!admin.listTopics().names().get().contains(topic.name())) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("topic " + topic.name() + " is not visible after " + PATIENCE);
        }
      }
    } catch (ExecutionException e) {
      throw new AssertionError("topic " + topic.name() + " was not created", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Changes a setting of a topic and waits until the broker knows it. */
  public void alterTopic(String topic, String config, String value) {
    Collection<AlterConfigOp> change =
        List.of(new AlterConfigOp(new ConfigEntry(config, value), AlterConfigOp.OpType.SET));
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Eventually.done(admin.incrementalAlterConfigs(Map.of(resource, change)).all());
    Eventually.get(
        "%s of %s".formatted(config, topic),
        () -> Eventually.done(admin.describeConfigs(List.of(resource)).all()).get(resource),
        found -> found.get(config).value().equals(value));
  }

  /** Returns an idempotent producer of bytes; {@code extraSettings} win over its own. */
  public KafkaProducer<byte[], byte[]> producer(Map<String, Object> extraSettings) {
    var settings = new HashMap<String, Object>();
    settings.put("bootstrap.servers", bootstrapServers());
    settings.put("acks", "all");
    settings.put("max.request.size", LARGEST_RECORD);
    settings.put("buffer.memory", 2L * LARGEST_RECORD);
    settings.putAll(extraSettings);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Reads the first {@code count} committed records of a topic.
   *
   * @throws AssertionError if there are not as many within 30 s
   */
  public List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
    var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (var consumer = consumer()) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (records.size() < count && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    if (records.size() < count) {
      throw new AssertionError(
          "%d records on %s within 30 s, %d expected".formatted(records.size(), topic, count));
    }
    return records;
  }

  /** Reads the committed records that a topic has now, partition after partition. */
  public List<ConsumerRecord<byte[], byte[]>> readAll(String topic) {
    var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    try (var consumer = consumer()) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
        if (System.nanoTime() > deadline) {
          throw new AssertionError(topic + " could not be read to its end within " + PATIENCE);
        }
      }
    }
    return records;
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            bootstrapServers(),
            "isolation.level",
            "read_committed",
            "enable.auto.commit",
            false);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Closes the clients, then the broker. */
  @Override
  public void close() {
    admin.close(Duration.ofSeconds(5));
    stop.run();
  }
}
