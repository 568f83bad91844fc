package dev.headwater;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The metrics that docs/operations.md lists. */
public final class MetricsTable {
  private static final Path OPERATIONS = Path.of("docs/operations.md");

  private MetricsTable() {}

  /** One row, without the unit. */
  public record Row(String name, String type, List<String> labels, String meaning) {
    private static Row of(String line) {
      var cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
      if (cells.size() != 7 || cells.get(3).isEmpty()) {
        throw new AssertionError("expected five cells, the unit among them: " + line);
      }
      var labels = Arrays.asList(cells.get(4).replace("`", "").split(", "));
      return new Row(cells.get(1).replace("`", ""), cells.get(2), labels, cells.get(5));
    }
  }

  public static List<Row> rows() throws IOException {
    return Files.readAllLines(OPERATIONS).stream()
        .filter(line -> line.startsWith("| `headwater_"))
        .map(Row::of)
        .toList();
  }
}
