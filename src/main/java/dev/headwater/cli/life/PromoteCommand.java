package dev.headwater.cli.life;

import dev.headwater.cli.client.Context;
import dev.headwater.event.ModelCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code headwater promote}: puts a version into service. */
@Command(
    name = "promote",
    description = {
      "Puts a version that the service keeps into service. The policy still decides when a later"
          + " one follows: see \"pin\" and \"policy\".",
      ""
    })
public final class PromoteCommand extends LifeCommand {
  @Parameters(
      index = "1",
      paramLabel = "VERSION",
      converter = VersionNumber.class,
      description = "Which version, as \"snapshots list\" shows them.")
  private Long version;

  /** A command that takes the console from {@code context}. */
  public PromoteCommand(Context context) {
    super(context);
  }

  @Override
  ModelCommand command(String requestId, String model) {
    return ModelCommand.of(requestId, model, ModelCommand.Action.PROMOTE, version);
  }
}
