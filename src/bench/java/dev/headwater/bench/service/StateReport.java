package dev.headwater.bench.service;

import dev.headwater.cli.client.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one run of the benchmark found; its JSON is this record.
 *
 * @param benchmark always {@code state}
 * @param models how many there were
 * @param rate labelled images a second, of all models together; 0 for as many as are taken
 * @param labelled labelled images
 * @param unlabelled images without a label
 * @param batches mini-batches of new examples that were trained
 * @param seconds from the first image until the last was taken
 * @param state what the learner sent to keep its state
 * @param results what it sent to those who use it
 */
record StateReport(
    String benchmark,
    int models,
    double rate,
    int labelled,
    int unlabelled,
    long batches,
    double seconds,
    List<TopicBytes> state,
    List<TopicBytes> results) {

  List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add(
        format(
            "%d model%s, %d labelled and %d unlabelled images, %s: %d mini-batches in %.1f s (%.1f labelled images/s)",
            models,
            models == 1 ? "" : "s",
            labelled,
            unlabelled,
            rate > 0 ? format("%.0f labelled a second", rate) : "as many as are taken",
            batches,
            seconds,
            labelled / seconds));
    lines.add("");
    var table =
        new TextTable(
            List.of(
                "<topic",
                ">records",
                ">MB",
                ">KB/mini-batch",
                ">KB/labelled image",
                ">KB/image",
                ">MB/s"));
    state.forEach(topic -> table.add(row(topic)));
    table.add(row(sum("state, all", state)));
    results.forEach(topic -> table.add(row(topic)));
    table.add(row(sum("results, all", results)));
    lines.addAll(table.lines());
    return lines;
  }

  static TopicBytes sum(String name, List<TopicBytes> topics) {
    return new TopicBytes(
        name,
        topics.stream().mapToLong(TopicBytes::records).sum(),
        topics.stream().mapToLong(TopicBytes::bytes).sum());
  }

  private List<String> row(TopicBytes topic) {
    return List.of(
        topic.topic(),
        format("%d", topic.records()),
        format("%.2f", topic.bytes() / 1e6),
        format("%.1f", topic.bytes() / 1e3 / Math.max(1, batches)),
        format("%.2f", topic.bytes() / 1e3 / labelled),
        format("%.2f", topic.bytes() / 1e3 / (labelled + unlabelled)),
        format("%.3f", topic.bytes() / 1e6 / seconds));
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
