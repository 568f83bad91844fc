package dev.headwater.cli;

import dev.headwater.cli.client.Context;
import dev.headwater.cli.client.KafkaOptions;
import dev.headwater.cli.client.ReadingOptions;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code headwater events}: prints what is on the model-events topic. */
@Command(
    name = "events",
    description = {
      "Prints model events (drift, promotions, commands), from the oldest that Kafka keeps on.",
      "",
      "Reads committed records only. Without --follow it stops at the end of the topic as of the"
          + " start.",
      ""
    })
public final class EventsCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private KafkaOptions kafka;
  @Mixin private ReadingOptions reading;

  @Option(names = "--model", paramLabel = "NAME", description = "Only those of this model.")
  private String model;

  @Option(
      names = "--json",
      description = "Print each as the JSON object on the topic, one a line, nothing else.")
  private boolean json;

  /** A command that takes console and Kafka from {@code context}. */
  public EventsCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return new EventPrinter(context.console(), json, Optional.ofNullable(model), reading.max())
        .print(context.kafka().apply(kafka), kafka.topics().modelEvents(), reading);
  }
}
