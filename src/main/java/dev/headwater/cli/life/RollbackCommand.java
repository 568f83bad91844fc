package dev.headwater.cli.life;

import dev.headwater.cli.client.Context;
import dev.headwater.event.ModelCommand;
import dev.headwater.event.ModelCommand.Action;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code headwater rollback}: puts an earlier version back into service. */
@Command(
    name = "rollback",
    description = {
      "Puts an earlier version back into service and pins it there; what was learnt after it is"
          + " forgotten, so that the next versions do not repeat it. \"unpin\" lets a later one"
          + " follow.",
      ""
    })
public final class RollbackCommand extends LifeCommand {
  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "VERSION",
      converter = VersionNumber.class,
      description = "Which version. Default: the one that was in service before this one.")
  private Long version;

  /** A command that takes the console from {@code context}. */
  public RollbackCommand(Context context) {
    super(context);
  }

  @Override
  ModelCommand command(String requestId, String model) {
    return version == null
        ? ModelCommand.of(requestId, model, Action.ROLLBACK)
        : ModelCommand.of(requestId, model, Action.ROLLBACK, version);
  }
}
