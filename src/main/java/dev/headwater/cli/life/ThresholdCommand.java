package dev.headwater.cli.life;

import dev.headwater.cli.client.Context;
import dev.headwater.event.ModelCommand;
import dev.headwater.head.DecisionRule;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code headwater threshold}: says from which probability on the positive class is predicted. */
@Command(
    name = "threshold",
    description = {
      "Says from which probability on the positive class is predicted. A number takes effect at"
          + " once, as a new version of the head in service; a rule is tuned on the newest answers"
          + " and takes effect with the next version.",
      ""
    })
public final class ThresholdCommand extends LifeCommand {
  private static final String CONFIGURED = "configured";

  @Parameters(
      index = "1",
      paramLabel = "RULE",
      description =
          "A number between 0 and 1, best-f1, precision>=0.9 or the like (quote it: > is the"
              + " shell's), or configured.")
  private String rule;

  /** A command that takes the console from {@code context}. */
  public ThresholdCommand(Context context) {
    super(context);
  }

  @Override
  ModelCommand command(String requestId, String model) {
    requireRule();
    return new ModelCommand(
        requestId,
        model,
        ModelCommand.Action.THRESHOLD,
        Optional.empty(),
        Optional.of(rule),
        Optional.empty());
  }

  private void requireRule() {
    if (rule.equals(CONFIGURED)) {
      return;
    }
    try {
      DecisionRule.parse(rule);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + ", or configured", e);
    }
  }
}
