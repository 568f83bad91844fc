package dev.headwater.cli.life;

import dev.headwater.cli.client.Context;
import dev.headwater.event.ModelCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code headwater reset}: has a model begin anew. */
@Command(
    name = "reset",
    description = {
      "Has a model forget all that it has learnt, and begin anew. The version in service stays"
          + " until a later one has proved not to be worse. What is forgotten does not come back:"
          + " it needs --yes.",
      ""
    })
public final class ResetCommand extends LifeCommand {
  @Option(names = "--yes", description = "Yes, forget it.")
  private boolean isSure;

  /** A command that takes the console from {@code context}. */
  public ResetCommand(Context context) {
    super(context);
  }

  @Override
  ModelCommand command(String requestId, String model) {
    if (!isSure) {
      throw new IllegalArgumentException(
          "reset makes model %s forget all that it has learnt; say --yes if that is meant"
              .formatted(model));
    }
    return ModelCommand.of(requestId, model, ModelCommand.Action.RESET);
  }
}
