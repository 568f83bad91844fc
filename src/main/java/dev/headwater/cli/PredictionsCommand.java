package dev.headwater.cli;

import dev.headwater.cli.client.Context;
import dev.headwater.cli.client.KafkaOptions;
import dev.headwater.cli.client.ReadingOptions;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code headwater predictions}: prints what is on the predictions topic. */
@Command(
    name = "predictions",
    description = {
      "Prints predictions, from the oldest that Kafka keeps on.",
      "",
      "Reads committed records only. Without --follow it stops at the end of the topic as of the"
          + " start.",
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
    return new PredictionPrinter(
            context.console(), json, Optional.ofNullable(model), needsLabel, reading.max())
        .print(context.kafka().apply(kafka), kafka.topics().predictions(), reading);
  }
}
