package dev.headwater.cli;

import dev.headwater.cli.client.Context;
import dev.headwater.cli.client.ExitCode;
import dev.headwater.cli.client.Interruption;
import dev.headwater.cli.client.KafkaOptions;
import dev.headwater.cli.client.ReadingOptions;
import dev.headwater.cli.client.TopicReader;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code headwater predictions}: prints what is on the predictions topic. */
@Command(
    name = "predictions",
    description = {
      "Prints predictions, from the first one that Kafka keeps to the last.",
      "",
      "Only committed ones are read. Without --follow it stops at the end as of when it started.",
      ""
    })
public final class PredictionsCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private KafkaOptions kafka;
  @Mixin private ReadingOptions reading;

  @Option(names = "--model", paramLabel = "NAME", description = "Only those of this model.")
  private String model;

  @Option(
      names = "--needs-label",
      description = "Only those whose image is worth a label; see \"headwater label\".")
  private boolean needsLabel;

  @Option(
      names = "--json",
      description = "Print each as the JSON object on the topic, one a line, nothing else.")
  private boolean json;

  /** A command that takes console and Kafka from {@code context}. */
  public PredictionsCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    var clients = context.kafka().apply(kafka);
    var topic = kafka.topics().predictions();
    clients.require(List.of(topic));
    var printer =
        new PredictionPrinter(
            context.console(), json, Optional.ofNullable(model), needsLabel, reading.max());
    try (var interruption = Interruption.listen();
        var consumer = clients.consumer()) {
      var reader = new TopicReader(consumer, topic, reading.fromBeginning(), reading.follow());
      reader.forEachBatch(printer, interruption::requested);
      printer.finish();
      return interruption.requested()
          ? ExitCode.INTERRUPTED
          : printer.unreadable() > 0 ? ExitCode.FAILED : ExitCode.OK;
    }
  }
}
