package dev.headwater.cli.demo;

import dev.headwater.cli.client.ClientLogging;
import dev.headwater.cli.client.Context;
import dev.headwater.cli.client.ExitCode;
import dev.headwater.cli.client.Interruption;
import dev.headwater.cli.client.KafkaOptions;
import dev.headwater.cli.client.ModelsClient;
import dev.headwater.cli.client.ServiceOptions;
import dev.headwater.cli.client.ServiceSettings;
import dev.headwater.event.ModelStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code headwater demo}: streams a real change of domain and shows how the model follows. */
@Command(
    name = "demo",
    description = {
      "Streams emoji, food against animals, in the styles of four vendors, one vendor after the"
          + " other, and shows how accurate the predictions are.",
      "",
      "Starts a broker and a service for the duration of the demo, or with --bootstrap or --url"
          + " uses running ones. The drawings come as npm packages and are kept in"
          + " $XDG_CACHE_HOME/headwater/emoji.",
      ""
    })
public final class DemoCommand implements Callable<Integer> {
  private final Context context;

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private ServiceOptions service;

  @ArgGroup(validate = false, heading = "%nOf the service that it starts:%n")
  private ServiceSettings settings = new ServiceSettings();

  @Option(
      names = "--per-domain",
      paramLabel = "N",
      description = "Images of each vendor. Default: ${DEFAULT-VALUE}",
      defaultValue = "300")
  private int perDomain;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Decides order, backgrounds, sizes, places and turns. Default: ${DEFAULT-VALUE}",
      defaultValue = "1")
  private long seed;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The model that predicts and learns. Default: ${DEFAULT-VALUE}",
      defaultValue = "${env:HEADWATER_MODEL:-default}")
  private String model;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description =
          "Images in flight at most: sent, but not predicted yet. Default: ${DEFAULT-VALUE}",
      defaultValue = "64")
  private int inFlight;

  @Option(names = "--json", description = "Print the result as one JSON object, nothing else.")
  private boolean json;

  /** A command that takes console, Kafka and the service's launcher from {@code context}. */
  public DemoCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (perDomain < 1 || inFlight < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--per-domain and --in-flight must be at least 1, found %d and %d"
              .formatted(perDomain, inFlight));
    }
    var images =
        EmojiSet.plan(
            EmojiPackages.inUserCache(),
            perDomain,
            seed,
            sentence -> context.console().say(sentence));
    try (var interruption = Interruption.listen()) {
      var launcher = context.launcher();
      if (launcher.isEmpty() || usesRunningService()) {
        return run(images, kafka, service.client(context.console()), interruption);
      }
      ClientLogging.release();
      try (var started = launcher.get().start(settings, context.console())) {
        var there = new KafkaOptions(started.bootstrap(), kafka.topics().prefix(), kafka.config());
        var client = new ModelsClient(started.url(), context.console());
        return run(images, there, client, interruption);
      }
    }
  }

  private boolean usesRunningService() {
    var parsed = spec.commandLine().getParseResult();
    return parsed.hasMatchedOption("--bootstrap")
        || parsed.hasMatchedOption("--url")
        || System.getenv("HEADWATER_URL") != null;
  }

  private int run(
      List<LabelledImage> images,
      KafkaOptions where,
      ModelsClient client,
      Interruption interruption) {
    var learner = new LearnerWait(client, model);
    long before = learner.status().map(ModelStatus::examples).orElse(0L);
    long started = System.nanoTime();
    var demo =
        new DemoRun(
            context.console(),
            new DemoRun.Settings(model, inFlight),
            images,
            interruption::requested);
    var score = demo.run(context.kafka().apply(where), where.topics());
    double seconds = (System.nanoTime() - started) / 1e9;
    var status =
        learner.untilLearnt(before + score.answered() - score.refusals(), interruption::requested);
    report(score, status, seconds, images.size());
    if (interruption.requested()) {
      context.console().say("interrupted after %d images".formatted(demo.sent()));
      return ExitCode.INTERRUPTED;
    }
    return score.refusals() > 0 ? ExitCode.FAILED : ExitCode.OK;
  }

  private void report(DemoScore score, Optional<ModelStatus> status, double seconds, int total) {
    var report = new DemoReport(context.console(), total);
    if (json) {
      report.printJson(score, status, seconds);
    } else {
      report.print(score, status, seconds);
    }
  }
}
