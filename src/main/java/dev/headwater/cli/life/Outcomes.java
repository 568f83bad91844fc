package dev.headwater.cli.life;

import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.cli.client.Console;
import dev.headwater.cli.client.ExitCode;
import dev.headwater.cli.client.SafeText;
import dev.headwater.cli.client.VersionsClient.Outcome;
import dev.headwater.event.LifeEvent;
import dev.headwater.event.ModelEvent.Kind;

/** Prints the result of a command. */
final class Outcomes {
  private Outcomes() {}

  /**
   * Prints the result.
   *
   * @throws CommandFailedException if the request was refused, or not carried out in time
   */
  static int print(Outcome outcome, boolean json, Console console) {
    if (json) {
      console.print(SafeText.printableJson(outcome.json().toString()));
    }
    if (outcome.event().isEmpty()) {
      throw new CommandFailedException(
          "the service accepted %s but has not carried it out yet: \"headwater events --follow\" shows the result"
              .formatted(SafeText.printable(outcome.id())));
    }
    LifeEvent event = outcome.event().get();
    String sentence = SafeText.printable(event.message());
    if (event.kind() == Kind.REFUSED) {
      throw new CommandFailedException(sentence);
    }
    if (!json) {
      console.print(sentence);
    }
    return ExitCode.OK;
  }
}
