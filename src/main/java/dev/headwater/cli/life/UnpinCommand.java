package dev.headwater.cli.life;

import dev.headwater.cli.client.Context;
import dev.headwater.event.ModelCommand;
import picocli.CommandLine.Command;

/** {@code headwater unpin}: lets the policy decide again. */
@Command(
    name = "unpin",
    description = {
      "Lets the policy decide again what is in service: under continuous and gated, a later"
          + " version follows once it has proved not to be worse.",
      ""
    })
public final class UnpinCommand extends LifeCommand {
  /** A command that takes the console from {@code context}. */
  public UnpinCommand(Context context) {
    super(context);
  }

  @Override
  ModelCommand command(String requestId, String model) {
    return ModelCommand.of(requestId, model, ModelCommand.Action.UNPIN);
  }
}
