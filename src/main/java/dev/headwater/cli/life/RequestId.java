package dev.headwater.cli.life;

import dev.headwater.event.Fields;
import dev.headwater.event.RejectedException;
import java.util.UUID;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The option that names a request, so that it can be sent again. */
final class RequestId {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = {
        "Idempotency key: a request sent again with it is confirmed again, but not carried out"
            + " twice.",
        "Default: a random one."
      })
  private String id;

  /**
   * Returns the id that was given, or a new one.
   *
   * @throws ParameterException if it cannot be one
   */
  String get() {
    try {
      return id == null ? UUID.randomUUID().toString() : Fields.commandId(id);
    } catch (RejectedException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
