package dev.headwater.bench.learning;

import dev.headwater.bench.learning.LearnerReport.Of;
import dev.headwater.bench.learning.Report.Domain;
import dev.headwater.bench.learning.Report.OfStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Draws a report as SVG: a panel for each stream, a line for each learner. */
record ReportPlot(Report report) {
  private static final int WIDTH = 960;
  private static final int PANEL = 360;
  private static final int LEFT = 56;
  private static final int RIGHT = 190;
  private static final int TOP = 56;
  private static final int BOTTOM = 44;

  /** The service's learner in black and thick; the others after Okabe and Ito, then in tints. */
  private static final List<String> COLOURS =
      List.of(
          "#111111", "#d55e00", "#0072b2", "#56b4e9", "#009e73", "#cc79a7", "#e69f00", "#8c6d31",
          "#7b6fd0", "#b8a800", "#a0a0a0", "#e08080");

  /** One panel's scales. */
  private record Scales(int images, double low, int top) {
    double x(double image) {
      return LEFT + (WIDTH - LEFT - RIGHT) * image / images;
    }

    double y(double value) {
      double share = (Math.max(low, value) - low) / (1 - low);
      return top + TOP + (PANEL - TOP - BOTTOM) * (1 - share);
    }
  }

  String svg() {
    int height = PANEL * report.streams().size();
    var svg = new StringBuilder();
    add(
        svg,
        "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' viewBox='0 0 %d %d'"
            + " font-family='sans-serif' font-size='12' fill='#333'>",
        WIDTH,
        height,
        WIDTH,
        height);
    add(svg, "<rect width='%d' height='%d' fill='white'/>", WIDTH, height);
    for (int i = 0; i < report.streams().size(); i++) {
      panel(svg, report.streams().get(i), i * PANEL);
    }
    return svg.append("</svg>\n").toString();
  }

  private void panel(StringBuilder svg, OfStream stream, int top) {
    var scales = new Scales(stream.images(), low(stream), top);
    add(
        svg,
        "<text x='%d' y='%d' font-size='15' font-weight='bold'>%s: %s against %s</text>",
        LEFT,
        top + 22,
        escaped(stream.name()),
        escaped(stream.positive()),
        escaped(String.join(", ", stream.others())));
    grid(svg, scales);
    domains(svg, stream, scales);
    var learners = stream.learners();
    for (int i = learners.size() - 1; i >= 0; i--) {
      curve(svg, learners.get(i), i, scales);
    }
    legend(svg, stream, top);
  }

  /** The axis begins a tenth below the lowest value after the first few, and not above 0.9. */
  private static double low(OfStream stream) {
    double least =
        stream.learners().stream()
            .flatMap(l -> l.figures().flatMap(Of::curve).stream())
            .flatMap(curve -> curve.values().stream().skip(curve.values().size() / 12))
            .mapToDouble(v -> v)
            .min()
            .orElse(0);
    return Math.max(0, Math.min(0.9, Math.floor(least * 10) / 10));
  }

  private void grid(StringBuilder svg, Scales scales) {
    for (int tenth = (int) Math.round(scales.low() * 10); tenth <= 10; tenth++) {
      double y = scales.y(tenth / 10.0);
      add(
          svg,
          "<line x1='%d' x2='%d' y1='%.1f' y2='%.1f' stroke='#e4e4e4'/>",
          LEFT,
          WIDTH - RIGHT,
          y,
          y);
      add(
          svg,
          "<text x='%d' y='%.1f' text-anchor='end'>%.1f</text>",
          LEFT - 8,
          y + 4,
          tenth / 10.0);
    }
    add(
        svg,
        "<text x='%.1f' y='%d' text-anchor='middle' fill='#777'>images seen; %s, mean of %d"
            + " seeds</text>",
        scales.x(scales.images() / 2.0),
        scales.top() + PANEL - 8,
        report.imbalance().isPresent()
            ? "F1 of the rare class so far"
            : "accuracy over the last %d answers".formatted(Curve.WINDOW),
        report.seeds().size());
  }

  private void domains(StringBuilder svg, OfStream stream, Scales scales) {
    int from = 0;
    for (Domain domain : stream.domains()) {
      int end = from + domain.images();
      add(
          svg,
          "<line x1='%.1f' x2='%.1f' y1='%.1f' y2='%.1f' stroke='#bbb' stroke-dasharray='3 3'/>",
          scales.x(from),
          scales.x(from),
          scales.y(1) - 14,
          scales.y(scales.low()));
      add(
          svg,
          "<text x='%.1f' y='%.1f' fill='#777'>%s</text>",
          scales.x(from) + 5,
          scales.y(1) - 6,
          escaped(domain.name()));
      add(
          svg,
          "<text x='%.1f' y='%.1f' text-anchor='middle' fill='#777' font-size='11'>%d</text>",
          scales.x(end),
          scales.y(scales.low()) + 15,
          end);
      offline(svg, stream, domain, scales, from);
      from = end;
    }
  }

  private void offline(StringBuilder svg, OfStream stream, Domain domain, Scales scales, int from) {
    var figures = stream.offline().figures().orElseThrow();
    double value =
        report.imbalance().isPresent()
            ? figures.f1().mean()
            : figures.domains().get(domain.name()).mean();
    add(
        svg,
        "<line x1='%.1f' x2='%.1f' y1='%.1f' y2='%.1f' stroke='#111' stroke-width='1.5'"
            + " stroke-dasharray='7 4'/>",
        scales.x(from),
        scales.x(from + domain.images()),
        scales.y(value),
        scales.y(value));
  }

  private static void curve(StringBuilder svg, LearnerReport learner, int index, Scales scales) {
    learner
        .figures()
        .flatMap(Of::curve)
        .ifPresent(
            curve -> {
              var points = new StringBuilder();
              for (int i = 0; i < curve.values().size(); i++) {
                double x = scales.x((i + 1.0) * curve.every());
                double y = scales.y(curve.values().get(i));
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
              }
              add(
                  svg,
                  "<polyline points='%s' fill='none' stroke='%s' stroke-width='%s'"
                      + " stroke-linejoin='round'/>",
                  points.toString().strip(),
                  colour(index),
                  index == 0 ? "3" : "1.5");
            });
  }

  private void legend(StringBuilder svg, OfStream stream, int top) {
    int y = top + TOP + 4;
    var order = new ArrayList<>(stream.learners());
    order.sort(Comparator.comparing(this::figure).reversed());
    for (LearnerReport learner : order) {
      int index = stream.learners().indexOf(learner);
      key(svg, y, colour(index), index == 0 ? "3" : "2", "none", text(learner));
      y += 18;
    }
    key(svg, y, "#111", "1.5", "7 4", text(stream.offline()));
  }

  private double figure(LearnerReport learner) {
    return learner
        .figures()
        .map(f -> report.imbalance().isPresent() ? f.f1().mean() : f.accuracy().mean())
        .orElse(-1.0);
  }

  private String text(LearnerReport learner) {
    return learner.figures().isEmpty()
        ? learner.name() + ": unfinished"
        : String.format(Locale.ROOT, "%s %.3f", learner.name(), figure(learner));
  }

  private static void key(
      StringBuilder svg, int y, String colour, String width, String dashes, String text) {
    int x = WIDTH - RIGHT + 16;
    add(
        svg,
        "<line x1='%d' x2='%d' y1='%d' y2='%d' stroke='%s' stroke-width='%s'"
            + " stroke-dasharray='%s'/>",
        x,
        x + 24,
        y - 4,
        y - 4,
        colour,
        width,
        dashes);
    add(svg, "<text x='%d' y='%d'>%s</text>", x + 32, y, escaped(text));
  }

  private static String colour(int index) {
    return COLOURS.get(index % COLOURS.size());
  }

  private static void add(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
