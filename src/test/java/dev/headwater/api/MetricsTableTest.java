package dev.headwater.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.MetricsTable;
import dev.headwater.MetricsTable.Row;
import dev.headwater.event.Metrics;
import dev.headwater.event.Spans;
import dev.headwater.stream.runtime.StreamMetrics;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.Type;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Holds the table of metrics in docs/operations.md to what is exposed, and the other way round. */
class MetricsTableTest {
  @Test
  void shouldListEachMetricAsItIsExposed() throws IOException {
    var exposed = new ArrayList<Row>();
    StreamMetrics.read(Map.of()).forEach(family -> exposed.add(row(family)));
    new ModelCollector(() -> List.of(ModelCollectorTest.model("m", all(), all(), all())))
        .collect()
        .forEach(family -> exposed.add(row(family)));
    assertThat(exposed).doesNotHaveDuplicates().hasSizeGreaterThan(30);
    assertThat(MetricsTable.rows()).containsExactlyInAnyOrderElementsOf(exposed);
  }

  private static Spans all() {
    var value = Optional.of(0.5);
    var metrics = new Metrics(40, value, value, value, value, value, value);
    return new Spans(metrics, metrics, metrics);
  }

  private static Row row(StreamMetrics.Family family) {
    return row(family.name(), family.isCounter(), family.labels(), family.help());
  }

  private static Row row(MetricFamilySamples family) {
    var labels = family.samples.get(0).labelNames;
    return row(family.name, family.type == Type.COUNTER, labels, family.help);
  }

  private static Row row(String name, boolean isCounter, List<String> labels, String help) {
    return isCounter
        ? new Row(name + "_total", "counter", labels, help)
        : new Row(name, "gauge", labels, help);
  }
}
