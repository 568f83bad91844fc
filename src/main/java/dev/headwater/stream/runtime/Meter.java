package dev.headwater.stream.runtime;

import java.util.List;
import java.util.Map;

/**
 * One measure of how the work goes, of both applications.
 *
 * @param name of its series, as Prometheus has it
 * @param help says what it counts
 * @param total whether it only grows while the instance runs
 * @param labels names of the labels, {@code application} first
 * @param values by the labels' values
 */
public record Meter(
    String name,
    String help,
    boolean total,
    List<String> labels,
    Map<List<String>, Double> values) {
  public Meter {
    labels = List.copyOf(labels);
    values = Map.copyOf(values);
  }
}
