package dev.headwater.cli.life;

import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.cli.client.Console;
import dev.headwater.cli.client.ExitCode;
import dev.headwater.cli.client.SafeText;
import dev.headwater.cli.client.VersionsClient.Outcome;
import dev.headwater.event.LifeEvent;
import dev.headwater.event.ModelEvent.Kind;

/** Tells the user what came of a request. */
final class Outcomes {
  private Outcomes() {}

  /**
   * Prints the answer.
   *
   * @throws CommandFailedException if the request was refused, or not answered in time
   */
  static int print(Outcome outcome, boolean json, Console console) {
    if (json) {
      console.print(SafeText.printableJson(outcome.json().toString()));
    }
    if (outcome.event().isEmpty()) {
      throw new CommandFailedException(
          "the service took %s but has not carried it out yet: \"headwater events --follow\" shows what comes of it"
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
