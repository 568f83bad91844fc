package dev.headwater.cli.produce;

import dev.headwater.cli.client.Context;
import dev.headwater.cli.client.DurationConverter;
import dev.headwater.cli.client.Interruption;
import dev.headwater.cli.client.KafkaOptions;
import dev.headwater.event.Fields;
import dev.headwater.event.RejectedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headwater produce}: sends a folder of images as labelled events. */
@Command(
    name = "produce",
    description = {
      "Sends a folder of labelled images to Kafka.",
      "",
      "DIR holds a folder per class (DIR/class/file), or a folder per domain and in each a folder"
          + " per class (DIR/domain/class/file); which of the two follows from its depth. Hidden"
          + " files do not count. A file that is not a JPEG, PNG, GIF, BMP or WebP image, is empty"
          + " or has more than 16 MiB is refused, and the exit code is then 1.",
      ""
    })
public final class ProduceCommand implements Callable<Integer> {
  private final Context context;

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Parameters(paramLabel = "DIR", description = "The folder of images.")
  private Path dir;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The model that predicts and learns. Default: ${DEFAULT-VALUE}",
      defaultValue = "${env:HEADWATER_MODEL:-default}")
  private String model;

  @Option(
      names = "--domain",
      paramLabel = "NAME",
      description = "Domain of a DIR without domain folders. Default: the name of DIR")
  private String domain;

  @Option(
      names = "--domains",
      paramLabel = "A,B",
      split = ",",
      description = "Which domains, and in that order. Default: all, alphabetical")
  private List<String> domains = new ArrayList<>();

  @Option(
      names = "--mixed",
      description = "Shuffle the domains together. Default: one after the other, shuffled inside")
  private boolean mixed;

  @Option(
      names = "--positive",
      paramLabel = "CLASS",
      description = {
        "The class labelled 1, all others 0.",
        "Default: of two classes the alphabetically second, as Keras does"
      })
  private String positive;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Images a second, steadily. Default: as fast as Kafka takes them")
  private Double rate;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Send the first N images of the whole order, then stop.")
  private Long limit;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides the shuffling, not the ids. Default: ${DEFAULT-VALUE}",
      defaultValue = "1")
  private long seed;

  @Option(
      names = "--delay-labels",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = {
        "Send the images without labels, and each one's label so long after Kafka acknowledged"
            + " the image, such as 250ms, 10s or 5m."
      })
  private Duration labelDelay;

  @Option(
      names = "--wait",
      description = "Wait until each image is predicted, or refused by the service.")
  private boolean wait;

  @Option(
      names = "--wait-timeout",
      paramLabel = "SECONDS",
      description = "Give up --wait if nothing comes back for this long. Default: ${DEFAULT-VALUE}",
      defaultValue = "60")
  private long waitSeconds;

  @Option(names = "--json", description = "Print the summary as one JSON object, nothing else.")
  private boolean json;

  /** A command that takes console and Kafka from {@code context}. */
  public ProduceCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    var plan = plan();
    var clients = context.kafka().apply(kafka);
    clients.require(topics());
    try (var interruption = Interruption.listen()) {
      return new ProduceRun(
              context.console(), clients, kafka.topics(), settings(), interruption::requested)
          .run(plan);
    }
  }

  private List<String> topics() {
    var names = kafka.topics();
    var needed = new ArrayList<>(List.of(names.images()));
    if (labelDelay != null) {
      needed.add(names.labels());
    }
    if (wait) {
      needed.addAll(List.of(names.predictions(), names.deadLetters()));
    }
    return needed;
  }

  private SendPlan plan() {
    if (rate != null && !(rate > 0 && rate < 1e6)) {
      throw new ParameterException(
          spec.commandLine(), "--rate must be over 0 and below 1000000, found " + rate);
    }
    if (limit != null && limit < 0) {
      throw new ParameterException(
          spec.commandLine(), "--limit must not be negative, found " + limit);
    }
    var folder = ImageFolder.scan(dir, Optional.ofNullable(domain));
    if (folder.hasDomains() && domain != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--domain is for a DIR without domain folders; found %s: choose with --domains"
              .formatted(String.join(", ", folder.domains())));
    }
    requireNames(folder);
    var request =
        new SendPlan.Request(
            domains,
            mixed,
            seed,
            Optional.ofNullable(positive),
            limit == null ? OptionalLong.empty() : OptionalLong.of(limit));
    try {
      return SendPlan.of(folder, request);
    } catch (SendPlan.Unfit e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** Says at once what the service would refuse image by image. */
  private void requireNames(ImageFolder folder) {
    try {
      Fields.model(Optional.of(model));
      for (String name : folder.domains()) {
        Fields.domain(Optional.of(name));
      }
      Fields.domain(Optional.ofNullable(domain));
    } catch (RejectedException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    if (waitSeconds < 0) {
      throw new ParameterException(
          spec.commandLine(), "--wait-timeout must not be negative, found " + waitSeconds);
    }
  }

  private ProduceRun.Settings settings() {
    return new ProduceRun.Settings(
        model,
        rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate),
        Optional.ofNullable(labelDelay),
        wait ? Optional.of(Duration.ofSeconds(waitSeconds)) : Optional.empty(),
        json);
  }
}
