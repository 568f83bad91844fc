package dev.headwater.cli.life;

import dev.headwater.cli.client.Context;
import dev.headwater.event.ModelCommand;
import dev.headwater.event.ModelCommand.Action;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.head.DecisionRule;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands that change a model, and print the result. */
public final class LifeCommands {
  private static final String CONFIGURED = "configured";

  private final Context context;

  /** Commands that take the console from {@code context}. */
  public LifeCommands(Context context) {
    this.context = context;
  }

  /** All of them, in the order of the help. */
  public List<Callable<Integer>> all() {
    return List.of(
        new Promote(),
        new Rollback(),
        new Pin(),
        new Unpin(),
        new Policy(),
        new Threshold(),
        new Reset());
  }

  /** What they have in common. */
  @Command
  private abstract class LifeCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ModelOptions options;
    @Mixin private RequestId id;

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

  @Command(
      name = "promote",
      description = {
        "Puts a version that the service keeps into service. The policy still decides when a later"
            + " one follows: see \"pin\" and \"policy\".",
        ""
      })
  private final class Promote extends LifeCommand {
    @Parameters(
        index = "1",
        paramLabel = "VERSION",
        converter = VersionNumber.class,
        description = "Which version, as \"snapshots list\" shows them.")
    private Long version;

    @Override
    ModelCommand command(String requestId, String model) {
      return ModelCommand.of(requestId, model, Action.PROMOTE, version);
    }
  }

  @Command(
      name = "rollback",
      description = {
        "Puts an earlier version back into service and pins it there; what was learnt after it is"
            + " forgotten, so that the next versions do not repeat it. \"unpin\" lets a later one"
            + " follow.",
        ""
      })
  private final class Rollback extends LifeCommand {
    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "VERSION",
        converter = VersionNumber.class,
        description = "Which version. Default: the one that was in service before this one.")
    private Long version;

    @Override
    ModelCommand command(String requestId, String model) {
      return version == null
          ? ModelCommand.of(requestId, model, Action.ROLLBACK)
          : ModelCommand.of(requestId, model, Action.ROLLBACK, version);
    }
  }

  @Command(
      name = "pin",
      description = {
        "Keeps the version in service where it is, whatever the policy says, until \"unpin\". The"
            + " head in training goes on learning.",
        ""
      })
  private final class Pin extends LifeCommand {
    @Override
    ModelCommand command(String requestId, String model) {
      return ModelCommand.of(requestId, model, Action.PIN);
    }
  }

  @Command(
      name = "unpin",
      description = {
        "Lets the policy decide again what is in service: under continuous and gated, a later"
            + " version follows once it has proved not to be worse.",
        ""
      })
  private final class Unpin extends LifeCommand {
    @Override
    ModelCommand command(String requestId, String model) {
      return ModelCommand.of(requestId, model, Action.UNPIN);
    }
  }

  @Command(
      name = "policy",
      description = {
        "Sets when a new version of a model is put into service: \"continuous\", at once;"
            + " \"gated\", once it has proved not to be worse than the one in service; \"manual\","
            + " by command. \"configured\" goes back to what the service's configuration says.",
        ""
      })
  private final class Policy extends LifeCommand {
    @Parameters(
        index = "1",
        paramLabel = "POLICY",
        description = "continuous, gated, manual or configured.")
    private String policy;

    @Override
    ModelCommand command(String requestId, String model) {
      requireUnlessConfigured(policy, PromotionPolicy::parse);
      return new ModelCommand(
          requestId, model, Action.POLICY, Optional.empty(), Optional.empty(), Optional.of(policy));
    }
  }

  @Command(
      name = "threshold",
      description = {
        "Sets the probability from which on the positive class is predicted. A number takes effect"
            + " at once, as a new version of the head in service; a rule is tuned on the newest"
            + " labelled predictions and takes effect with the next version.",
        ""
      })
  private final class Threshold extends LifeCommand {
    @Parameters(
        index = "1",
        paramLabel = "RULE",
        description =
            "A number between 0 and 1, best-f1, precision>=0.9 or the like (quote it: > is the"
                + " shell's), or configured.")
    private String rule;

    @Override
    ModelCommand command(String requestId, String model) {
      requireUnlessConfigured(rule, DecisionRule::parse);
      return new ModelCommand(
          requestId,
          model,
          Action.THRESHOLD,
          Optional.empty(),
          Optional.of(rule),
          Optional.empty());
    }
  }

  @Command(
      name = "reset",
      description = {
        "Has a model forget all that it has learnt, and begin anew. The version in service stays"
            + " until a later one has proved not to be worse. This cannot be undone and"
            + " needs --yes.",
        ""
      })
  private final class Reset extends LifeCommand {
    @Option(names = "--yes", description = "Confirms the reset.")
    private boolean isSure;

    @Override
    ModelCommand command(String requestId, String model) {
      if (!isSure) {
        throw new IllegalArgumentException(
            "reset makes model %s forget all that it has learnt; confirm with --yes"
                .formatted(model));
      }
      return ModelCommand.of(requestId, model, Action.RESET);
    }
  }

  private static void requireUnlessConfigured(String text, Function<String, ?> parse) {
    if (text.equals(CONFIGURED)) {
      return;
    }
    try {
      var unused = parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + ", or configured", e);
    }
  }
}
