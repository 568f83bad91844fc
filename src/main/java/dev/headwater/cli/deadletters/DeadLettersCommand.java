package dev.headwater.cli.deadletters;

import dev.headwater.cli.client.Context;
import dev.headwater.cli.client.ExitCode;
import dev.headwater.cli.client.Interruption;
import dev.headwater.cli.client.KafkaClients;
import dev.headwater.cli.client.KafkaOptions;
import dev.headwater.cli.client.ReadingOptions;
import dev.headwater.cli.client.TopicReader;
import dev.headwater.event.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code headwater dead-letters}: shows dead letters, or sends them again. */
@Command(
    name = "dead-letters",
    description = {
      "Shows what the service refused, and why, from the first one that Kafka keeps to the last;"
          + " then how many there are of each code, and what can be done about them.",
      "",
      "With --retry it sends them again, once their cause is mended: as they came, with the id that"
          + " they had, to the images or labels topic that they came from. Run it as often as you"
          + " like: letters that were sent again are left out, and no image or label is ever"
          + " counted twice. What is refused again is a new dead letter. Those whose value was too"
          + " large to be kept, and those of the internal topic, cannot be sent again, and are"
          + " counted.",
      ""
    })
public final class DeadLettersCommand implements Callable<Integer> {
  private final Context context;

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private ReadingOptions reading;

  @Option(
      names = "--code",
      paramLabel = "CODE",
      description = "Only those of this code, such as IMAGE_CORRUPT.")
  private ErrorCode code;

  @Option(names = "--retry", description = "Send them again instead of showing them.")
  private boolean retry;

  @Option(
      names = "--json",
      description =
          "Print each as a JSON object, one a line, or with --retry the summary, nothing else.")
  private boolean json;

  /** A command that takes console and Kafka from {@code context}. */
  public DeadLettersCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (retry && (reading.follow() || !reading.fromBeginning())) {
      throw new ParameterException(
          spec.commandLine(),
          "--retry goes from the first dead letter to the last; found it with %s"
              .formatted(reading.follow() ? "--follow" : "--no-from-beginning"));
    }
    var clients = context.kafka().apply(kafka);
    return retry ? sendAgain(clients) : show(clients);
  }

  /** Reads the topic twice: notes are behind their letters. */
  private int show(KafkaClients clients) {
    var topic = kafka.topics().deadLetters();
    var retried = new RetriedLetters();
    clients.require(List.of(topic));
    if (reading.fromBeginning()) {
      try (var consumer = clients.consumer()) {
        new TopicReader(consumer, topic, true, false).forEachBatch(retried::readNotes, () -> false);
      }
    }
    return new DeadLetterPrinter(
            context.console(), json, Optional.ofNullable(code), reading.max(), retried)
        .print(clients, topic, reading);
  }

  private int sendAgain(KafkaClients clients) {
    var topics = kafka.topics();
    clients.require(List.of(topics.deadLetters(), topics.images(), topics.labels()));
    try (var interruption = Interruption.listen()) {
      int exit = sendAgain(clients, interruption::requested);
      return interruption.requested() ? ExitCode.INTERRUPTED : exit;
    }
  }

  private int sendAgain(KafkaClients clients, BooleanSupplier stopped) {
    var console = context.console();
    var summary =
        new LetterRetry(console, clients, kafka.topics(), Optional.ofNullable(code), reading.max())
            .run(stopped);
    if (json) {
      console.print(summary.json());
    } else {
      summary.print(console);
    }
    return summary.notTaken() > 0 ? ExitCode.FAILED : ExitCode.OK;
  }
}
