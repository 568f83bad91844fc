package dev.headwater.cli.deadletters;

import dev.headwater.cli.client.TextTable;
import dev.headwater.event.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The number of dead letters of each error code, with the remedy. */
final class CodeTable {
  private static final String OTHER = "(other)";
  private static final String OTHER_REMEDY = "no code of this version: read the messages";

  private record Count(long letters, long retried) {
    private Count plus(boolean isRetried) {
      return new Count(letters + 1, retried + (isRetried ? 1 : 0));
    }
  }

  private final Map<ErrorCode, Count> counts = new TreeMap<>();
  private Count other = new Count(0, 0);

  /** Counts a letter; those of codes that this build does not know together. */
  void add(Optional<ErrorCode> code, boolean retried) {
    if (code.isEmpty()) {
      other = other.plus(retried);
      return;
    }
    counts.put(code.get(), counts.getOrDefault(code.get(), new Count(0, 0)).plus(retried));
  }

  /** The table's lines; none without letters. */
  List<String> lines() {
    var table = new TextTable(List.of("<code", ">letters", ">retried", "<what to do"));
    counts.forEach((code, count) -> table.add(row(code.name(), count, code.remedy())));
    if (other.letters() > 0) {
      table.add(row(OTHER, other, OTHER_REMEDY));
    }
    return counts.isEmpty() && other.letters() == 0 ? List.of() : table.lines();
  }

  private static List<String> row(String code, Count count, String remedy) {
    return List.of(code, Long.toString(count.letters()), Long.toString(count.retried()), remedy);
  }
}
