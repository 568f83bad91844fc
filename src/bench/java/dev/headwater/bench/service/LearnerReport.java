package dev.headwater.bench.service;

import dev.headwater.cli.client.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one run of the benchmark found; its JSON is this record.
 *
 * @param benchmark always {@code learner}
 * @param images labelled, and as many without a label, in a round
 * @param warmUp labelled images before the first round
 */
record LearnerReport(String benchmark, int images, int warmUp, List<Round> rounds) {

  /** What images cost the learner's thread. */
  record Round(Cost labelled, Cost unlabelled) {}

  /**
   * What one image costs.
   *
   * @param micros processor time
   * @param kilobytes allocated on the heap
   */
  record Cost(double micros, double kilobytes) {}

  List<String> lines() {
    var table =
        new TextTable(
            List.of(
                ">round",
                ">labelled: CPU ms/image",
                ">KB allocated",
                ">unlabelled: CPU ms/image",
                ">KB allocated"));
    for (int i = 0; i < rounds.size(); i++) {
      var round = rounds.get(i);
      table.add(
          List.of(
              Integer.toString(i + 1),
              format("%.3f", round.labelled().micros() / 1e3),
              format("%.0f", round.labelled().kilobytes()),
              format("%.3f", round.unlabelled().micros() / 1e3),
              format("%.0f", round.unlabelled().kilobytes())));
    }
    var lines = new ArrayList<String>();
    lines.add(
        format("%d labelled and %d unlabelled images a round, after %d", images, images, warmUp));
    lines.add("");
    lines.addAll(table.lines());
    return lines;
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
