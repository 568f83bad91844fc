package dev.headwater.image;

import dev.headwater.image.FileMutator.Mutation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts what became of broken files, and remembers the slowest. */
final class FuzzTally {
  private final Map<ImageFormat, Map<String, Integer>> outcomes = new EnumMap<>(ImageFormat.class);
  private long slowestMillis = -1;
  private String slowest = "none";
  private long totalMillis;

  void add(int index, Mutation mutation, MeasuredDecode decoded) {
    outcomes
        .computeIfAbsent(mutation.original().format(), format -> new TreeMap<>())
        .merge(decoded.outcome(), 1, Integer::sum);
    totalMillis += decoded.cpuMillis();
    if (decoded.cpuMillis() > slowestMillis) {
      slowestMillis = decoded.cpuMillis();
      slowest = describe(index, mutation) + ": " + decoded.outcome();
    }
  }

  static String describe(int index, Mutation mutation) {
    return "mutation %d, %s of %s %s (%d bytes)"
        .formatted(
            index,
            mutation.kinds(),
            mutation.original().format().label(),
            mutation.original().name(),
            mutation.file().length);
  }

  long slowestMillis() {
    return slowestMillis;
  }

  String slowest() {
    return slowest;
  }

  int count(String outcome) {
    return outcomes.values().stream().mapToInt(row -> row.getOrDefault(outcome, 0)).sum();
  }

  /** Returns a table of formats by outcomes, and the slowest. */
  List<String> lines() {
    var names = new TreeSet<String>();
    outcomes.values().forEach(row -> names.addAll(row.keySet()));
    var lines = new ArrayList<String>();
    lines.add(row("", names.stream().toList()));
    outcomes.forEach(
        (format, row) ->
            lines.add(
                row(
                    format.label(),
                    names.stream().map(name -> "" + row.getOrDefault(name, 0)).toList())));
    lines.add(row("all", names.stream().map(name -> "" + count(name)).toList()));
    lines.add(
        "decoding %d ms of CPU, slowest %d ms: %s".formatted(totalMillis, slowestMillis, slowest));
    return lines;
  }

  private static String row(String head, List<String> cells) {
    var line = new StringBuilder("%-5s".formatted(head));
    cells.forEach(cell -> line.append("%16s".formatted(cell)));
    return line.toString();
  }
}
