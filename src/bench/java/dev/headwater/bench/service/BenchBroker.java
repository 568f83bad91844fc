package dev.headwater.bench.service;

import dev.headwater.broker.EmbeddedBroker;
import dev.headwater.cli.client.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker in a directory that lives as long as the benchmark does. */
final class BenchBroker implements AutoCloseable {
  private final Path directory;
  private final EmbeddedBroker broker;
  private final Admin admin;

  private BenchBroker(Path directory, EmbeddedBroker broker) {
    this.directory = directory;
    this.broker = broker;
    admin = Admin.create(properties(Map.of()));
  }

  /** Starts one that {@code how} starts in the directory that it is given. */
  static BenchBroker start(Function<Path, EmbeddedBroker> how) {
    try {
      var directory = Files.createTempDirectory("headwater-bench-");
      return new BenchBroker(directory, how.apply(directory.resolve("broker")));
    } catch (IOException e) {
      throw new CommandFailedException("cannot make a temporary directory: " + e, e);
    }
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  Admin admin() {
    return admin;
  }

  /** Returns where one service may keep its state. */
  Path state(String name) {
    return directory.resolve("state-" + name);
  }

  BenchSender sender() {
    return new BenchSender(
        new KafkaProducer<>(
            properties(Map.of("linger.ms", 5, "batch.size", 256 << 10)),
            new ByteArraySerializer(),
            new ByteArraySerializer()));
  }

  /**
   * @param isolation {@code read_committed}, or {@code read_uncommitted} for all that was sent
   */
  KafkaConsumer<byte[], byte[]> consumer(String isolation) {
    return new KafkaConsumer<>(
        properties(
            Map.of(
                "isolation.level",
                isolation,
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest")),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private Map<String, Object> properties(Map<String, Object> more) {
    var properties = new HashMap<String, Object>(more);
    properties.put("bootstrap.servers", bootstrapServers());
    return properties;
  }

  /** Deletes a directory and all in it, if it is there. */
  static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new CommandFailedException("cannot delete %s: %s".formatted(directory, e), e);
    }
  }

  @Override
  public void close() {
    admin.close();
    broker.close();
    delete(directory);
  }
}
