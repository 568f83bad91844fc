package dev.headwater.cli;

import dev.headwater.cli.client.Context;
import dev.headwater.cli.client.ExitCode;
import dev.headwater.cli.client.ServiceOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code headwater models}: prints how each model is doing. */
@Command(
    name = "models",
    description = {
      "Prints each model's version, number of training examples, and accuracy.",
      "",
      "\"version\" is the newest one, \"in service\" the one that predicts, and \"policy\" decides"
          + " when a newer one replaces it; \"pinned\": none does until \"unpin\".",
      "",
      "\"prequential\" is the accuracy of the head in training, scored on each example before it"
          + " learns it; \"window\" is the same over the newest examples; \"served\" is the"
          + " accuracy of the predictions as published, which lag by the snapshot interval;"
          + " \"log-loss\" and \"auc\" are those of the window. --json tells more: F1, Brier score"
          + " and calibration error, each over all examples, the window, and fading, for both"
          + " heads, each domain and version.",
      ""
    })
public final class ModelsCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private ServiceOptions service;

  @Option(names = "--json", description = "Print the service's response as one JSON array.")
  private boolean json;

  /** A command that takes the console from {@code context}. */
  public ModelsCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    var console = context.console();
    var client = service.client(console);
    if (json) {
      console.print(client.json().toString());
      return ExitCode.OK;
    }
    var models = client.models();
    if (models.isEmpty()) {
      console.say("the service at %s has no models".formatted(service.url()));
    }
    new ModelsTable(models).lines().forEach(console.out()::println);
    console.out().flush();
    return ExitCode.OK;
  }
}
