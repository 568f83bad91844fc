package dev.headwater.cli.client;

import java.util.ArrayList;
import java.util.List;

/** A table in plain text, each column as wide as its widest cell. */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  /** A table with these headings; one that starts with {@code >} aligns right, {@code <} left. */
  public TextTable(List<String> headings) {
    this.headings = List.copyOf(headings);
    rows.add(headings.stream().map(heading -> heading.substring(1)).toList());
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if it has not as many cells as there are headings
   */
  public void add(List<String> cells) {
    if (cells.size() != headings.size()) {
      throw new IllegalArgumentException(
          "%d cells, expected %d".formatted(cells.size(), headings.size()));
    }
    rows.add(List.copyOf(cells));
  }

  /** Headings and rows, without blanks at the ends. */
  public List<String> lines() {
    return rows.stream().map(this::line).toList();
  }

  private String line(List<String> cells) {
    var line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      var cell = cells.get(column);
      var blanks = " ".repeat(width(column) - cell.length());
      line.append(column == 0 ? "" : GAP)
          .append(headings.get(column).startsWith(">") ? blanks + cell : cell + blanks);
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
