package dev.headwater.faults;

import dev.headwater.Eventually;
import dev.headwater.TestEmbedder;
import dev.headwater.backbone.BackboneId;
import dev.headwater.backbone.RandomWeightsFile;
import dev.headwater.broker.TestBroker;
import dev.headwater.faults.LabelledLoad.SentImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * What is broken: three brokers, two instances of the application that share the work, and all
 * images that were ever sent to them. Tests share one, since it takes half a minute to start.
 */
final class FaultBed implements CloseableResource {
  private final Path directory;
  private final BrokerCluster cluster;
  private final List<Instance> instances;
  private final List<SentImage> sent = new ArrayList<>();

  private FaultBed(Path directory, BrokerCluster cluster, List<Instance> instances) {
    this.directory = directory;
    this.cluster = cluster;
    this.instances = instances;
  }

  /** Starts everything and waits until both instances process. */
  static FaultBed start() {
    try {
      Path directory = Files.createTempDirectory("headwater-faults");
      var cluster = BrokerCluster.start(directory.resolve("brokers"));
      var bed = new FaultBed(directory, cluster, new ArrayList<>());
      try {
        bed.instances.add(bed.newInstance("one"));
        bed.instances.add(bed.newInstance("two"));
        // The first creates the topics; the second would wait for it, or be refused half of them.
        bed.instance(0).start();
        bed.instance(0).awaitReady();
        bed.instance(1).start();
        bed.instance(1).awaitReady();
        return bed;
      } catch (AssertionError e) {
        bed.abandon();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns an instance that is not started, and that the bed does not look after. */
  Instance newInstance(String name) {
    var environment = new HashMap<>(FaultSettings.environment());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", cluster.bootstrapServers());
    return new Instance(
        directory.resolve(name), Map.copyOf(environment), RandomWeightsFile.option(directory));
  }

  /** What every instance embeds with, found out without asking one. */
  BackboneId backbone() {
    return TestEmbedder.backbone(RandomWeightsFile.option(directory)).id();
  }

  BrokerCluster cluster() {
    return cluster;
  }

  TestBroker clients() {
    return cluster.clients();
  }

  Instance instance(int index) {
    return instances.get(index);
  }

  List<Instance> instances() {
    return List.copyOf(instances);
  }

  /** Returns a new directory for what a test keeps. */
  Path newDirectory(String name) {
    try {
      return Files.createTempDirectory(directory, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Remembers what a test has sent, for the invariants of the tests after it. */
  void remember(List<SentImage> images) {
    sent.addAll(images);
  }

  List<SentImage> sent() {
    return List.copyOf(sent);
  }

  /** Waits until an instance processes. */
  void awaitAnyReady() {
    Eventually.get(
        "an instance that processes",
        Duration.ofSeconds(120),
        () -> instances.stream().anyMatch(Instance::isReady),
        ready -> ready);
  }

  /** Ends all processes, and keeps nothing but what they have written to their logs. */
  void abandon() {
    stop();
    delete(file -> !file.toString().endsWith("/log.txt") && !file.toString().endsWith(".log"));
    System.out.printf("the logs are in %s%n", directory);
  }

  @Override
  public void close() {
    stop();
    delete(file -> true);
  }

  private void stop() {
    instances.forEach(Instance::close);
    cluster.close();
  }

  private void delete(Predicate<Path> chosen) {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).filter(chosen).toList()) {
        if (!Files.isDirectory(file) || isEmpty(file)) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }
}
