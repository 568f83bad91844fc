package dev.headwater.bench.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headwater.backbone.Backbone;
import dev.headwater.bench.service.BenchService.Setup;
import dev.headwater.bench.service.RestoreReport.Restore;
import dev.headwater.broker.EmbeddedBroker;
import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.cli.client.Console;
import dev.headwater.learner.model.SnapshotPolicy;
import dev.headwater.snapshot.Snapshot;
import dev.headwater.snapshot.SnapshotException;
import dev.headwater.snapshot.SnapshotFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Deletes a learner's local state, and measures how long it takes to have it back from Kafka, and
 * whether it is what it was: the next snapshots must be those of a learner that was never stopped.
 *
 * @param examples that each model learns first
 * @param restores how often the state is deleted
 */
record RestoreBench(Console console, int examples, int restores) {
  private static final Backbone BACKBONE = new NoBackbone();

  /** By count alone, so that the reference needs no clock. */
  private static final SnapshotPolicy POLICY = new SnapshotPolicy(64, Duration.ofHours(1));

  /** More than there are between two snapshots. */
  private static final int AFTERWARDS = 2 * POLICY.examples();

  private static final Patience LEARNT = new Patience(Duration.ofHours(2), Duration.ofMillis(200));
  private static final Patience TAKEN = new Patience(Duration.ofMinutes(30), Duration.ofMillis(10));

  RestoreReport.Run run(int models) {
    console.say("%d models: %d examples are learnt".formatted(models, models * examples));
    var reference =
        CompletableFuture.supplyAsync(
            () -> new UnstoppedLearners(BACKBONE, POLICY).snapshots(models, last()));
    var setup = new Setup("bench.", BACKBONE, 1, 1, POLICY, models);
    try (var broker = BenchBroker.start(directory -> EmbeddedBroker.start(directory, 0))) {
      var log = new TopicLog(broker);
      learn(broker, setup, models);
      var directory = BenchService.state(broker, setup);
      var size = StateSize.of(log, log.named(setup.learnerPrefix()), directory);
      var times = new ArrayList<Restore>();
      for (int i = 0; i < restores; i++) {
        BenchBroker.delete(directory);
        times.add(restore(broker, setup, models, examples + i));
        console.say("%d models: restored, %s".formatted(models, times.get(i)));
      }
      var snapshots = snapshots(log, setup);
      int identical = UnstoppedLearners.identical(reference.join(), snapshots);
      return new RestoreReport.Run(models, size, times, identical);
    }
  }

  /** How many examples a model has in the end. */
  private int last() {
    return examples + restores - 1 + AFTERWARDS;
  }

  private void learn(BenchBroker broker, Setup setup, int models) {
    try (var service = new BenchService(broker, setup)) {
      service.start();
      service.awaitRunning();
      send(broker, setup, models, 0, examples);
      service.awaitTaken((long) models * examples, LEARNT);
    }
  }

  /** The last restore is followed by what fills a snapshot. */
  private Restore restore(BenchBroker broker, Setup setup, int models, int known) {
    send(broker, setup, models, known, known + 1);
    try (var service = new BenchService(broker, setup)) {
      long start = System.nanoTime();
      service.start();
      service.awaitRunning();
      double running = seconds(start);
      service.awaitTaken((long) models * known + 1, TAKEN);
      double first = seconds(start);
      service.awaitTaken((long) models * (known + 1), TAKEN);
      double all = seconds(start);
      if (known == examples + restores - 1) {
        send(broker, setup, models, known + 1, last());
        service.awaitTaken((long) models * last(), LEARNT);
      }
      return new Restore(running, first, all);
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Sends the examples with these numbers of each model, models in turn. */
  private static void send(BenchBroker broker, Setup setup, int models, int first, int end) {
    var drawn = new DrawnExamples(BACKBONE);
    try (var sender = broker.sender()) {
      for (int number = first; number < end; number++) {
        for (int model = 0; model < models; model++) {
          byte[] key = DrawnExamples.model(model).getBytes(UTF_8);
          byte[] example = drawn.example(model, number, true);
          sender.send(new ProducerRecord<>(setup.topics().examples(), key, example));
        }
      }
    }
  }

  /** Returns the newest snapshot of each model. */
  private static Map<String, Snapshot> snapshots(TopicLog log, Setup setup) {
    var newest = new HashMap<String, Snapshot>();
    log.read(
        List.of(setup.topics().snapshots()),
        "read_committed",
        found -> newest.put(new String(found.key(), UTF_8), snapshot(found.value())));
    return newest;
  }

  private static Snapshot snapshot(byte[] file) {
    try {
      return SnapshotFile.read(file);
    } catch (SnapshotException e) {
      throw new CommandFailedException("the learner published no snapshot: " + e.getMessage(), e);
    }
  }
}
