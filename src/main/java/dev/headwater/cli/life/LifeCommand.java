package dev.headwater.cli.life;

import dev.headwater.cli.client.Context;
import dev.headwater.event.ModelCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that has one thing done with a model, and prints what came of it. */
@Command
abstract class LifeCommand implements Callable<Integer> {
  private final Context context;

  @Spec private CommandSpec spec;
  @Mixin private ModelOptions options;

  @Mixin private RequestId id;

  LifeCommand(Context context) {
    this.context = context;
  }

  /** What to have done; an {@link IllegalArgumentException} tells what the user got wrong. */
  abstract ModelCommand command(String requestId, String model);

  @Override
  public Integer call() {
    var client = options.client(context.console());
    return Outcomes.print(client.carryOut(checked()), options.json(), context.console());
  }

  private ModelCommand checked() {
    try {
      return command(id.get(), options.model());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
