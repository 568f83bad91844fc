package dev.headwater.cli.deadletters;

import dev.headwater.cli.client.Console;
import dev.headwater.cli.client.RecordPrinter;
import dev.headwater.cli.client.RetryNote;
import dev.headwater.cli.client.SafeText;
import dev.headwater.event.ErrorCode;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Prints dead letters for a person or as JSON lines, until enough or nobody reads. */
final class DeadLetterPrinter extends RecordPrinter<ConsumerRecord<byte[], byte[]>> {
  private static final String ROW = "%-20s  %-22s  %-28s  %s";
  private static final String INDENT = "    ";
  private static final int LONGEST_MESSAGE = 400;
  private static final int LONGEST_NAME = 100;

  private final Optional<ErrorCode> code;
  private final RetriedLetters retried;
  private final CodeTable table = new CodeTable();

  DeadLetterPrinter(
      Console console,
      boolean json,
      Optional<ErrorCode> code,
      OptionalLong max,
      RetriedLetters retried) {
    super(console, json, Optional.empty(), max);
    this.code = code;
    this.retried = retried;
  }

  @Override
  protected String kind() {
    return "a dead letter";
  }

  @Override
  protected Optional<ConsumerRecord<byte[], byte[]>> read(ConsumerRecord<byte[], byte[]> found) {
    return Optional.of(found);
  }

  @Override
  protected String modelOf(ConsumerRecord<byte[], byte[]> found) {
    throw new IllegalStateException("dead letters are not asked for by model");
  }

  /** Takes in notes on the way, which are no letters. */
  @Override
  protected boolean isWanted(ConsumerRecord<byte[], byte[]> found) {
    if (RetryNote.isNote(found)) {
      retried.readNote(found);
      return false;
    }
    return code.isEmpty() || code.equals(DeadLetter.code(found));
  }

  @Override
  protected void printJson(
      ConsumerRecord<byte[], byte[]> read, ConsumerRecord<byte[], byte[]> found) {
    console.out().println(DeadLetter.of(found, retried.contains(found)).json());
  }

  @Override
  protected void printRow(ConsumerRecord<byte[], byte[]> found, boolean first) {
    var letter = DeadLetter.of(found, retried.contains(found));
    table.add(DeadLetter.code(found), letter.retried());
    if (first) {
      console.out().println(ROW.formatted("time", "code", "from", "key"));
    }
    print(letter);
  }

  private void print(DeadLetter letter) {
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

  /** Prints how many there are of each code. */
  @Override
  protected void finish(boolean none) {
    super.finish(none);
    if (!none) {
      console.out().println();
      table.lines().forEach(console.out()::println);
    }
  }

  @Override
  protected String whyNone() {
    return "no dead letters" + code.map(wanted -> " of code " + wanted).orElse("");
  }
}
