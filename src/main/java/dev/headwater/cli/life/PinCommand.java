package dev.headwater.cli.life;

import dev.headwater.cli.client.Context;
import dev.headwater.event.ModelCommand;
import picocli.CommandLine.Command;

/** {@code headwater pin}: keeps the version in service there. */
@Command(
    name = "pin",
    description = {
      "Keeps the version in service where it is, whatever the policy says, until \"unpin\". The"
          + " head in training goes on learning.",
      ""
    })
public final class PinCommand extends LifeCommand {
  /** A command that takes the console from {@code context}. */
  public PinCommand(Context context) {
    super(context);
  }

  @Override
  ModelCommand command(String requestId, String model) {
    return ModelCommand.of(requestId, model, ModelCommand.Action.PIN);
  }
}
