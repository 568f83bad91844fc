package dev.headwater.cli.deadletters;

import dev.headwater.cli.client.Console;
import dev.headwater.cli.client.RetryNote;
import dev.headwater.cli.client.SafeText;
import dev.headwater.event.ErrorCode;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Prints dead letters for a person or as JSON lines, until enough or nobody reads. */
final class DeadLetterPrinter implements Predicate<ConsumerRecords<byte[], byte[]>> {
  private static final String ROW = "%-20s  %-22s  %-28s  %s";
  private static final String INDENT = "    ";
  private static final int LONGEST_MESSAGE = 400;
  private static final int LONGEST_NAME = 100;

  private final Console console;
  private final boolean json;
  private final Optional<ErrorCode> code;
  private final OptionalLong max;
  private final RetriedLetters retried;
  private final CodeTable table = new CodeTable();
  private long printed;

  DeadLetterPrinter(
      Console console,
      boolean json,
      Optional<ErrorCode> code,
      OptionalLong max,
      RetriedLetters retried) {
    this.console = console;
    this.json = json;
    this.code = code;
    this.max = max;
    this.retried = retried;
  }

  @Override
  public boolean test(ConsumerRecords<byte[], byte[]> batch) {
    for (var found : batch) {
      if (!wantsMore()) {
        return false;
      }
      take(found);
    }
    // checkError flushes, and tells of a closed pipe: "headwater dead-letters | head" ends quietly.
    return !console.out().checkError() && wantsMore();
  }

  private boolean wantsMore() {
    return max.isEmpty() || printed < max.getAsLong();
  }

  private void take(ConsumerRecord<byte[], byte[]> found) {
    if (RetryNote.isNote(found)) {
      retried.readNote(found);
      return;
    }
    var known = DeadLetter.code(found);
    if (code.isPresent() && !code.equals(known)) {
      return;
    }
    var letter = DeadLetter.of(found, retried.contains(found));
    if (json) {
      console.out().println(letter.json());
    } else {
      print(letter);
    }
    table.add(known, letter.retried());
    printed++;
  }

  private void print(DeadLetter letter) {
    if (printed == 0) {
      console.out().println(ROW.formatted("time", "code", "from", "key"));
    }
    var row =
        ROW.formatted(
            letter.time().truncatedTo(ChronoUnit.SECONDS),
            name(letter.code()),
            origin(letter),
            name(letter.key()) + (letter.retried() ? "  (retried)" : ""));
    console.out().println(row);
    console.out().println(INDENT + text(letter.message().orElse("no message"), LONGEST_MESSAGE));
    if (letter.sha256().isPresent()) {
      console
          .out()
          .println(
              INDENT
                  + "its value of %d bytes was left out, since it was too large; SHA-256 %s"
                      .formatted(letter.bytes(), name(letter.sha256())));
    }
  }

  private static String origin(DeadLetter letter) {
    return "%s-%s-%s"
        .formatted(
            name(letter.topic()),
            letter.partition().map(Object::toString).orElse("?"),
            letter.offset().map(Object::toString).orElse("?"));
  }

  private static String name(Optional<String> name) {
    return name.map(given -> text(given, LONGEST_NAME)).orElse("?");
  }

  private static String text(String text, int longest) {
    return SafeText.printable(SafeText.shortened(text, longest));
  }

  /** Prints how many there are of each code; nothing in JSON form. */
  void finish() {
    if (!json && printed == 0) {
      console.say("no dead letters" + code.map(wanted -> " of code " + wanted).orElse(""));
    } else if (!json) {
      console.out().println();
      table.lines().forEach(console.out()::println);
    }
    console.out().flush();
  }
}
