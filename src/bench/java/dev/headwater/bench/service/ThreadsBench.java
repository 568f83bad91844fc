package dev.headwater.bench.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headwater.backbone.Backbone;
import dev.headwater.bench.service.BenchService.Setup;
import dev.headwater.bench.service.ThreadsReport.Round;
import dev.headwater.bench.service.ThreadsReport.Run;
import dev.headwater.broker.EmbeddedBroker;
import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.cli.client.Console;
import dev.headwater.learner.model.SnapshotPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/**
 * Measures how many images a second one stream thread of inference predicts, and how many two do.
 *
 * <p>All images are on Kafka before the service starts, as many on each partition, so that no
 * producer takes part. The two numbers of threads take turns, so that what else the machine does
 * meets both.
 *
 * @param files the images, which are repeated if there are fewer than are sent
 * @param images how many are sent in each run
 * @param warmUps runs with two threads before those that count, for the compiler takes a core's
 *     time while it compiles Kafka and the streams, and the second thread would not get it
 * @param rounds runs with each number of threads
 */
record ThreadsBench(
    Console console, Backbone backbone, List<byte[]> files, int images, int warmUps, int rounds) {
  /** Images that the bare threads get: enough for some seconds. */
  private static final int BARE = 400;

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration STALLED = Duration.ofSeconds(120);

  ThreadsReport run() {
    try (var broker = BenchBroker.start(directory -> EmbeddedBroker.start(directory, 0))) {
      for (int n = 1; n <= warmUps; n++) {
        run(broker, "warm-up-%d.".formatted(n), 2);
      }
      var found = new ArrayList<Round>();
      for (int round = 1; round <= rounds; round++) {
        var one = run(broker, "round-%d-one.".formatted(round), 1);
        var two = run(broker, "round-%d-two.".formatted(round), 2);
        found.add(new Round(one, two));
      }
      long bytes = files.stream().mapToLong(file -> file.length).sum();
      return new ThreadsReport(
          "threads",
          Runtime.getRuntime().availableProcessors(),
          images,
          bytes / files.size(),
          found);
    }
  }

  private Run run(BenchBroker broker, String prefix, int threads) {
    double bare = new BareThreads(backbone, files, Math.min(images, BARE)).perSecond(threads);
    var setup = new Setup(prefix, backbone, threads, 1, SnapshotPolicy.DEFAULT, 1);
    try (var service = new BenchService(broker, setup)) {
      send(broker, setup.topics().images());
      service.start();
      var run = measure(broker, setup, bare, service::stateName);
      console.say(
          "%d stream thread%s: %.1f images/s"
              .formatted(threads, threads == 1 ? "" : "s", run.imagesPerSecond()));
      return run;
    }
  }

  private void send(BenchBroker broker, String topic) {
    try (var sender = broker.sender()) {
      int partitions = sender.partitions(topic);
      for (int n = 0; n < images; n++) {
        byte[] id = id(n, n % partitions, partitions);
        var image = new ProducerRecord<>(topic, id, files.get(n % files.size()));
        image.headers().add("ce_id", id);
        sender.send(image);
      }
    }
  }

  /** Returns an id that Kafka's partitioner gives to one partition. */
  static byte[] id(int number, int partition, int partitions) {
    for (int attempt = 0; ; attempt++) {
      byte[] id = "image-%d-%d".formatted(number, attempt).getBytes(UTF_8);
      if (Utils.toPositive(Utils.murmur2(id)) % partitions == partition) {
        return id;
      }
    }
  }

  /** Reads predictions as they are committed until each image has one. */
  private Run measure(BenchBroker broker, Setup setup, double bare, Supplier<String> state) {
    var times = new long[images];
    int seen = 0;
    int seenBefore = 0;
    CpuTimes before = null;
    try (var consumer = broker.consumer("read_committed")) {
      assign(consumer, setup.topics().predictions());
      long progress = System.nanoTime();
      while (seen < images) {
        var found = consumer.poll(POLL);
        for (var prediction : found) {
          times[seen++] = prediction.timestamp();
        }
        progress = found.isEmpty() ? progress : System.nanoTime();
        requireProgress(progress, seen, state);
        if (before == null && seen >= PredictionTimes.uncounted(images)) {
          before = CpuTimes.now();
          CpuTimes.coresOfOthers();
          seenBefore = seen;
        }
      }
    }
    double others = CpuTimes.coresOfOthers();
    var taken = CpuTimes.now().since(before);
    double perSecond = new PredictionTimes(times).perSecond();
    return Run.of(setup.inferenceThreads(), perSecond, bare, taken, images - seenBefore, others);
  }

  private static void assign(KafkaConsumer<byte[], byte[]> consumer, String topic) {
    consumer.assign(
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList());
  }

  private void requireProgress(long last, int seen, Supplier<String> state) {
    if (System.nanoTime() - last > STALLED.toNanos()) {
      throw new CommandFailedException(
          "no prediction within %d s after %d of %d: %s"
              .formatted(STALLED.toSeconds(), seen, images, state.get()));
    }
  }
}
