package dev.headwater.cli.serve;

import dev.headwater.cli.client.ClientLogging;
import dev.headwater.cli.client.ServiceSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code headwater up}: runs broker and service until Ctrl-C. */
@Command(
    name = "up",
    description = {
      "Runs the service until Ctrl-C, with an embedded Kafka unless KAFKA_BOOTSTRAP_SERVERS is"
          + " set.",
      "",
      "What is learnt is kept in the data directory and restored at the next start.",
      ""
    })
public final class UpCommand implements Callable<Integer> {
  @Mixin private ServiceSettings settings;

  @Override
  public Integer call() {
    QuarkusRun.prepare(settings);
    ClientLogging.release();
    return QuarkusRun.untilExit();
  }
}
