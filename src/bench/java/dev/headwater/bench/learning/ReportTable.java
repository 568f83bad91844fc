package dev.headwater.bench.learning;

import dev.headwater.bench.learning.LearnerReport.Of;
import dev.headwater.bench.learning.Report.Domain;
import dev.headwater.bench.learning.Report.OfStream;
import dev.headwater.cli.client.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints a report as a table for each stream. */
record ReportTable(Report report) {
  private static final String NONE = "-";

  /** All tables, line by line. */
  List<String> lines() {
    var lines = new ArrayList<String>();
    for (OfStream stream : report.streams()) {
      lines.add(heading(stream));
      lines.add("");
      lines.addAll(report.imbalance().isPresent() ? rareClass(stream) : accuracies(stream));
      notes(stream).forEach(lines::add);
      lines.add("");
    }
    lines.add(legend());
    return lines;
  }

  private String heading(OfStream stream) {
    var domains =
        stream.domains().stream().map(ReportTable::domain).collect(Collectors.joining(", "));
    return "%s: %s (positive) against %s; %s; seeds %d to %d"
        .formatted(
            stream.name(),
            stream.positive(),
            String.join(", ", stream.others()),
            domains,
            report.seeds().get(0),
            report.seeds().get(report.seeds().size() - 1));
  }

  private static String domain(Domain domain) {
    return "%s %d images (%d positive)"
        .formatted(domain.name(), domain.images(), domain.positives());
  }

  private static List<String> names(OfStream stream) {
    return stream.domains().stream().map(Domain::name).toList();
  }

  private static Stream<LearnerReport> rows(OfStream stream) {
    return Stream.concat(stream.learners().stream(), Stream.of(stream.offline()));
  }

  private static List<String> accuracies(OfStream stream) {
    var headings = new ArrayList<>(List.of("<learner", ">accuracy"));
    names(stream).forEach(name -> headings.add(">" + name));
    names(stream).forEach(name -> headings.add(">" + name + ":64"));
    headings.addAll(List.of(">last 200", ">labels", ">ms/image"));
    var table = new TextTable(headings);
    rows(stream)
        .forEach(
            row -> {
              var cells = new ArrayList<>(List.of(row.name(), with(row.figures(), Of::accuracy)));
              names(stream).forEach(name -> cells.add(of(row, Of::domains, name)));
              names(stream).forEach(name -> cells.add(of(row, Of::first64, name)));
              cells.add(row.figures().flatMap(Of::last200).map(Spread::alone).orElse(NONE));
              cells.add(row.figures().flatMap(Of::labels).map(Spread::alone).orElse(NONE));
              cells.add(millis(row));
              table.add(cells);
            });
    return table.lines();
  }

  private static List<String> rareClass(OfStream stream) {
    var headings = new ArrayList<>(List.of("<learner", ">F1", ">precision", ">recall"));
    names(stream).forEach(name -> headings.add(">F1 " + name));
    headings.addAll(List.of(">accuracy", ">ms/image"));
    var table = new TextTable(headings);
    rows(stream)
        .forEach(
            row -> {
              var cells = new ArrayList<>(List.of(row.name(), with(row.figures(), Of::f1)));
              cells.add(row.figures().map(Of::precision).map(Spread::alone).orElse(NONE));
              cells.add(row.figures().map(Of::recall).map(Spread::alone).orElse(NONE));
              names(stream).forEach(name -> cells.add(of(row, Of::f1ByDomain, name)));
              cells.add(row.figures().map(Of::accuracy).map(Spread::alone).orElse(NONE));
              cells.add(millis(row));
              table.add(cells);
            });
    return table.lines();
  }

  @FunctionalInterface
  private interface Figure {
    Spread of(Of figures);
  }

  @FunctionalInterface
  private interface ByDomain {
    Map<String, Spread> of(Of figures);
  }

  private static String with(Optional<Of> figures, Figure figure) {
    return figures.map(f -> figure.of(f).withDeviation()).orElse(NONE);
  }

  private static String of(LearnerReport row, ByDomain figures, String domain) {
    return row.figures()
        .flatMap(f -> Optional.ofNullable(figures.of(f).get(domain)))
        .map(Spread::alone)
        .orElse(NONE);
  }

  private static String millis(LearnerReport row) {
    return row.figures()
        .flatMap(Of::millisPerImage)
        .map(spread -> String.format(Locale.ROOT, "%.2f", spread.mean()))
        .orElse(NONE);
  }

  private static List<String> notes(OfStream stream) {
    return rows(stream)
        .flatMap(row -> row.unfinished().map(why -> row.name() + ": " + why).stream())
        .toList();
  }

  private String legend() {
    return report.imbalance().isPresent()
        ? "Each answer is given before its label is known (± standard deviation over seeds); F1,"
            + " precision and recall are of the positive class."
        : "Accuracy of answers given before their labels are known, mean ± standard deviation over"
            + " seeds; NAME:64 of the first 64 of a domain; labels: share of images whose label was learnt.";
  }
}
