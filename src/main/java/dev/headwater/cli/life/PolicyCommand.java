package dev.headwater.cli.life;

import dev.headwater.cli.client.Context;
import dev.headwater.event.ModelCommand;
import dev.headwater.event.PromotionPolicy;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code headwater policy}: says when new versions are put into service. */
@Command(
    name = "policy",
    description = {
      "Says when a new version of a model is put into service: \"continuous\", at once;"
          + " \"gated\", once it has proved not to be worse than the one in service; \"manual\","
          + " by command. \"configured\" goes back to what the service's configuration says.",
      ""
    })
public final class PolicyCommand extends LifeCommand {
  private static final String CONFIGURED = "configured";

  @Parameters(
      index = "1",
      paramLabel = "POLICY",
      description = "continuous, gated, manual or configured.")
  private String policy;

  /** A command that takes the console from {@code context}. */
  public PolicyCommand(Context context) {
    super(context);
  }

  @Override
  ModelCommand command(String requestId, String model) {
    return new ModelCommand(
        requestId,
        model,
        ModelCommand.Action.POLICY,
        Optional.empty(),
        Optional.empty(),
        Optional.of(wireName()));
  }

  private String wireName() {
    try {
      return policy.equals(CONFIGURED) ? policy : PromotionPolicy.parse(policy).wireName();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + ", or configured", e);
    }
  }
}
