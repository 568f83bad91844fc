package dev.headwater.cli.label;

import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.cli.client.Context;
import dev.headwater.cli.client.ExitCode;
import dev.headwater.cli.client.Interruption;
import dev.headwater.cli.client.KafkaOptions;
import dev.headwater.cli.client.OutgoingLabel;
import dev.headwater.event.Fields;
import dev.headwater.event.Json;
import dev.headwater.event.RejectedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headwater label}: sends labels of images. */
@Command(
    name = "label",
    description = {
      "Sends the label of an image, before or after the image.",
      "",
      "The model learns once both have come. Of many images: --file, with an IMAGE_ID, a tab or a"
          + " comma, and a CLASS in each line. If a line is wrong, none is sent. It ends when Kafka"
          + " has acknowledged all.",
      ""
    })
public final class LabelCommand implements Callable<Integer> {
  private static final int LISTED = 20;
  private static final String STANDARD_INPUT = "-";

  private final Context context;

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "IMAGE_ID",
      description = "The id of the image event.")
  private String imageId;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "CLASS",
      description = "What it shows: a class name of the model, or 1, 0, true or false.")
  private String label;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Send the labels in FILE; - is standard input.")
  private String file;

  @Option(names = "--json", description = "Print the summary as one JSON object, nothing else.")
  private boolean json;

  /** What the command prints with {@code --json}. */
  private record Summary(long sent, String topic) {}

  /** A command that takes console, standard input and Kafka from {@code context}. */
  public LabelCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    var labels = file == null ? List.of(single()) : many();
    var clients = context.kafka().apply(kafka);
    var topic = kafka.topics().labels();
    clients.require(List.of(topic));
    try (var interruption = Interruption.listen()) {
      var sender = new LabelSender(topic, interruption::requested);
      sender.send(labels, clients.producer());
      return report(sender, labels.size(), topic, interruption.requested());
    }
  }

  private OutgoingLabel single() {
    if (imageId == null || label == null) {
      throw new ParameterException(
          spec.commandLine(),
          "expected IMAGE_ID and CLASS, or --file FILE; found %s"
              .formatted(imageId == null ? "neither" : "only '" + imageId + "'"));
    }
    try {
      return OutgoingLabel.now(Fields.imageId(imageId), Fields.label(label));
    } catch (RejectedException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private List<OutgoingLabel> many() {
    if (imageId != null) {
      throw new ParameterException(
          spec.commandLine(),
          "expected either IMAGE_ID and CLASS or --file FILE, found both: '%s' and '%s'"
              .formatted(imageId, file));
    }
    var lines = read();
    var faults = lines.faults();
    for (var fault : faults.subList(0, Math.min(LISTED, faults.size()))) {
      context.console().say(fault);
    }
    if (!faults.isEmpty()) {
      throw new CommandFailedException(
          "%d of %d lines in %s are wrong; nothing was sent"
              .formatted(faults.size(), faults.size() + lines.labels().size(), name()));
    }
    return lines.labels();
  }

  private LabelLines read() {
    try (InputStream in = isStandardInput() ? context.in() : Files.newInputStream(Path.of(file))) {
      return LabelLines.read(in);
    } catch (IOException e) {
      throw new CommandFailedException("cannot read the labels in %s: %s".formatted(name(), e), e);
    }
  }

  private boolean isStandardInput() {
    return file.equals(STANDARD_INPUT);
  }

  private String name() {
    return isStandardInput() ? "standard input" : file;
  }

  private int report(LabelSender sender, int asked, String topic, boolean interrupted) {
    var console = context.console();
    long sent = sender.acknowledged();
    console.print(
        json
            ? Json.text(new Summary(sent, topic))
            : "Sent %d %s to %s.".formatted(sent, sent == 1 ? "label" : "labels", topic));
    sender
        .failure()
        .ifPresent(error -> console.say("Kafka did not take a label: " + error.getMessage()));
    if (sent < asked) {
      console.say("%d of %d labels were not sent".formatted(asked - sent, asked));
    }
    if (interrupted) {
      return ExitCode.INTERRUPTED;
    }
    return sent < asked ? ExitCode.FAILED : ExitCode.OK;
  }
}
