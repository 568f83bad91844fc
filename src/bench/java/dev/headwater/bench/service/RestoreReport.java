package dev.headwater.bench.service;

import dev.headwater.cli.client.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What one run of the benchmark found; its JSON is this record.
 *
 * @param benchmark always {@code restore}
 * @param examples that each model had learnt
 * @param runs one for each number of models
 */
record RestoreReport(String benchmark, int examples, List<Run> runs) {

  /**
   * How long restores took.
   *
   * @param models how many there were
   * @param size of their state before the first restore
   * @param restores each of a state that was deleted
   * @param identical models whose next snapshot was as if nothing had been deleted
   */
  record Run(int models, StateSize size, List<Restore> restores, int identical) {}

  /**
   * How long one restore took, in seconds after the start of the streams.
   *
   * @param running until all threads had their work
   * @param firstInput until a model had taken the next image
   * @param allInputs until each model had
   */
  record Restore(double running, double firstInput, double allInputs) {}

  List<String> lines() {
    var table =
        new TextTable(
            List.of(
                ">models",
                ">state MB",
                ">changelogs MB",
                ">local MB",
                ">RUNNING s",
                ">next input s",
                ">of all models s",
                ">same next snapshot"));
    runs.forEach(run -> table.add(row(run)));
    var lines = new ArrayList<String>();
    lines.add(
        format(
            "%d examples a model; %d restores each: median (longest)",
            examples, runs.get(0).restores().size()));
    lines.add("");
    lines.addAll(table.lines());
    return lines;
  }

  private static List<String> row(Run run) {
    return List.of(
        format("%d", run.models()),
        format("%.1f", run.size().live() / 1e6),
        format("%.1f", run.size().logged() / 1e6),
        format("%.1f", run.size().local() / 1e6),
        times(run, Restore::running),
        times(run, Restore::firstInput),
        times(run, Restore::allInputs),
        format("%d of %d", run.identical(), run.models()));
  }

  private static String times(Run run, ToDoubleFunction<Restore> of) {
    double[] sorted = run.restores().stream().mapToDouble(of).sorted().toArray();
    return format("%.2f (%.2f)", sorted[sorted.length / 2], sorted[sorted.length - 1]);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
