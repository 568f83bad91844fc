package dev.headwater.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class StreamMetricsTest {
  private final Map<MetricName, Metric> kafka = new HashMap<>();

  private record Value(MetricName metricName, Object metricValue) implements Metric {}

  private void add(String group, String name, Object value, Map<String, String> tags) {
    var metric = new MetricName(name, group, "", tags);
    kafka.put(metric, new Value(metric, value));
  }

  private Map<List<String>, Double> values(String name) {
    return StreamMetrics.read(Map.of("inference", kafka)).stream()
        .filter(family -> family.name().equals("headwater_stream_" + name))
        .findFirst()
        .orElseThrow()
        .values();
  }

  @Test
  void shouldAddUpThreadsAndTakeTheSlowest() {
    for (int n = 1; n <= 2; n++) {
      var thread = Map.of("thread-id", "thread-" + n);
      add("stream-thread-metrics", "commit-total", 10.0 * n, thread);
      add("stream-thread-metrics", "commit-latency-max", 500.0 * n, thread);
    }
    add("stream-task-metrics", "commit-total", 99.0, Map.of());
    assertThat(values("commits")).isEqualTo(Map.of(List.of("inference"), 30.0));
    assertThat(values("commit_seconds_max")).isEqualTo(Map.of(List.of("inference"), 1.0));
  }

  @Test
  void shouldLeaveOutWhatIsNotMeasuredYet() {
    add("stream-thread-metrics", "commit-latency-max", Double.NaN, Map.of());
    assertThat(values("commit_seconds_max")).isEmpty();
  }

  @Test
  void shouldTellInputsFromChangelogsByTheClientThatReadsThem() {
    var group = "consumer-fetch-manager-metrics";
    add(group, "records-lag", 3.0, Map.of("client-id", "a-consumer", "topic", "images"));
    add(group, "records-lag", 4.0, Map.of("client-id", "b-consumer", "topic", "images"));
    add(group, "records-lag", 5.0, Map.of("client-id", "a-restore-consumer", "topic", "log"));
    add(group, "records-lag", 9.0, Map.of("client-id", "a-consumer"));
    assertThat(values("lag_records")).isEqualTo(Map.of(List.of("inference", "images"), 7.0));
    assertThat(values("copy_lag_records")).isEqualTo(Map.of(List.of("inference", "log"), 5.0));
  }

  @Test
  void shouldCountATopicWithPeriodsOnce() {
    var group = "consumer-fetch-manager-metrics";
    add(group, "records-lag", 3.0, Map.of("client-id", "a", "topic", "in.images"));
    add(group, "records-lag", 3.0, Map.of("client-id", "a", "topic", "in_images"));
    assertThat(values("lag_records")).isEqualTo(Map.of(List.of("inference", "in.images"), 3.0));
  }
}
