package dev.headwater.bench.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headwater.backbone.Backbone;
import dev.headwater.bench.service.BenchService.Setup;
import dev.headwater.head.LearnerSettings;
import dev.headwater.learner.model.SnapshotPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Counts the bytes that a learner sends to Kafka while it takes images at a steady rate.
 *
 * @param images labelled ones, of all models together
 * @param models how many take turns
 * @param unlabelled share of all images that have no label, from 0 to less than 1
 * @param rate labelled images a second, of all models together; 0 for as many as are taken
 * @param warmUp labelled images before those that are measured, a multiple of the models
 */
record StateBench(int images, int models, double unlabelled, double rate, int warmUp) {
  private static final Backbone BACKBONE = new NoBackbone();
  private static final Patience PATIENCE =
      new Patience(Duration.ofHours(1), Duration.ofMillis(100));

  StateReport run() {
    var setup = new Setup("bench.", BACKBONE, 1, 1, SnapshotPolicy.DEFAULT, models);
    try (var broker = BenchBroker.start(PatientBroker::start)) {
      var log = new TopicLog(broker);
      Map<TopicPartition, Long> from;
      double seconds;
      try (var service = new BenchService(broker, setup)) {
        service.start();
        service.awaitRunning();
        send(broker, setup, 0, warmUp, 0);
        service.awaitTaken(warmUp, PATIENCE);
        from = log.ends(log.named(setup.prefix()));
        long start = System.nanoTime();
        send(broker, setup, warmUp, warmUp + total(), rate / (1 - unlabelled));
        service.awaitTaken(warmUp + total(), PATIENCE);
        seconds = (System.nanoTime() - start) / 1e9;
      }
      return report(log, setup, from, seconds);
    }
  }

  private int total() {
    return (int) Math.round(images / (1 - unlabelled));
  }

  /** Sends images, each model's in turn, so many a second; 0 for all at once. */
  private void send(BenchBroker broker, Setup setup, int first, int end, double perSecond) {
    var drawn = new DrawnExamples(BACKBONE);
    long start = System.nanoTime();
    try (var sender = broker.sender()) {
      for (int n = first; n < end; n++) {
        byte[] example = drawn.example(n % models, n / models, isLabelled(n));
        if (perSecond > 0) {
          awaitTurn(start + (long) ((n - first) / perSecond * 1e9));
        }
        byte[] key = DrawnExamples.model(n % models).getBytes(UTF_8);
        sender.send(new ProducerRecord<>(setup.topics().examples(), key, example));
      }
    }
  }

  private static void awaitTurn(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** Spreads labels evenly over a model's images; those of the warm-up all have one. */
  private boolean isLabelled(int n) {
    int number = n / models;
    double share = 1 - unlabelled;
    return n < warmUp
        || Math.floor((number + 1) * share + 1e-9) > Math.floor(number * share + 1e-9);
  }

  private StateReport report(
      TopicLog log, Setup setup, Map<TopicPartition, Long> from, double seconds) {
    var topics = setup.topics();
    var results =
        List.of(topics.snapshots(), topics.serving(), topics.evaluations(), topics.modelEvents());
    int labelled = (int) IntStream.range(warmUp, warmUp + total()).filter(this::isLabelled).count();
    return new StateReport(
        "state",
        models,
        rate,
        labelled,
        total() - labelled,
        batches(log, topics.examples(), from),
        seconds,
        log.count(log.named(setup.learnerPrefix()), from),
        log.count(results, from));
  }

  /** How many there were follows from the log: a flush trains one that is not full. */
  private static long batches(TopicLog log, String examples, Map<TopicPartition, Long> from) {
    Map<String, HeapLearner> learners = new HashMap<>();
    var trained = new AtomicLong();
    log.read(
        List.of(examples),
        "read_committed",
        found -> {
          var learner = learners.computeIfAbsent(new String(found.key(), UTF_8), m -> learner());
          long before = learner.trainedBatches();
          learner.replay(found.value());
          if (TopicLog.isFrom(found, from)) {
            trained.addAndGet(learner.trainedBatches() - before);
          }
        });
    return trained.get();
  }

  private static HeapLearner learner() {
    return new HeapLearner(
        BACKBONE.id(), BACKBONE.embeddingSize(), LearnerSettings.DEFAULT, SnapshotPolicy.DEFAULT);
  }
}
