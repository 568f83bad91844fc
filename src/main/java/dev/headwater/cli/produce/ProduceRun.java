package dev.headwater.cli.produce;

import dev.headwater.cli.client.Console;
import dev.headwater.cli.client.ExitCode;
import dev.headwater.cli.client.ImageResults;
import dev.headwater.cli.client.KafkaClients;
import dev.headwater.cli.client.ProgressDisplay;
import dev.headwater.topics.TopicNames;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;

/**
 * One run of {@code headwater produce}: sends the images, with {@code --delay-labels} their labels
 * later, with {@code --wait} waits for the predictions, and reports.
 *
 * @param console where progress and summary go
 * @param clients towards the broker
 * @param topics the names of the topics
 * @param settings how to run
 * @param stopped whether to end early
 */
record ProduceRun(
    Console console,
    KafkaClients clients,
    TopicNames topics,
    Settings settings,
    BooleanSupplier stopped) {

  /**
   * How to run.
   *
   * @param model the model that shall predict and learn
   * @param rate images a second; empty for as fast as Kafka takes them
   * @param labelDelay how long after its image a label is sent; empty for with its image
   * @param patience how long to wait for the next prediction; empty for not at all
   * @param json whether the summary is for a program
   */
  record Settings(
      String model,
      OptionalDouble rate,
      Optional<Duration> labelDelay,
      Optional<Duration> patience,
      boolean json) {}

  /** Runs, and returns the exit code. */
  int run(SendPlan plan) {
    var tally = new SendTally(settings.patience().isPresent(), System::nanoTime);
    if (settings.patience().isEmpty()) {
      send(plan, tally);
      return report(plan, tally);
    }
    try (var answers = ImageResults.fromNow(clients.consumer(), topics)) {
      send(plan, tally);
      ResultWait.untilComplete(
          tally, answers, settings.patience().get(), stopped, System::nanoTime);
      return report(plan, tally);
    }
  }

  private void send(SendPlan plan, SendTally tally) {
    var producer = clients.producer();
    try {
      var labels = settings.labelDelay().map(delay -> labels(producer, delay, tally));
      try (var progress = ProgressDisplay.start(console, "produce", plan.files().size())) {
        var pace = Pace.start(settings.rate(), System::nanoTime);
        new FolderSender(producer, topics.images(), settings.model(), pace, labels, stopped)
            .send(plan, tally, progress);
      }
      if (labels.isPresent()) {
        try (var progress = ProgressDisplay.start(console, "labels", labels.get().left())) {
          labels.get().sendAll(stopped, progress);
        }
      }
    } finally {
      producer.close(Duration.ofSeconds(stopped.getAsBoolean() ? 5 : 60));
    }
  }

  private DelayedLabels labels(Producer<byte[], byte[]> producer, Duration delay, SendTally tally) {
    return new DelayedLabels(producer, topics.labels(), delay, tally, System::nanoTime);
  }

  private int report(SendPlan plan, SendTally tally) {
    boolean interrupted = stopped.getAsBoolean();
    var summary = ProduceSummary.of(tally, plan, settings, interrupted);
    summary.listRefusals(console);
    if (settings.json()) {
      console.print(summary.json());
    } else {
      summary.print(console, topics, plan.chosen());
    }
    tally.brokenBy().ifPresent(console::say);
    long unlabelled = summary.labelsUnsent().orElse(0L);
    if (unlabelled > 0) {
      console.say(
          "the labels of %d images were not sent, so the model does not learn from them"
              .formatted(unlabelled));
    }
    if (interrupted) {
      return ExitCode.INTERRUPTED;
    }
    long unanswered = summary.unanswered().orElse(0L);
    if (unanswered > 0) {
      console.say(
          "%d images were neither predicted nor refused within %d s"
              .formatted(unanswered, settings.patience().orElseThrow().toSeconds()));
    }
    boolean complete = summary.refused() + unanswered + unlabelled == 0;
    return complete && tally.brokenBy().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }
}
