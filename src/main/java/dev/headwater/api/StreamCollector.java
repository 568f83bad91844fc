package dev.headwater.api;

import dev.headwater.stream.runtime.StreamMetrics;
import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;
import java.util.function.Supplier;

/**
 * Stream metrics for Prometheus. Each scrape reads Kafka Streams anew: nothing is left of tasks
 * that moved.
 */
final class StreamCollector extends Collector implements Collector.Describable {
  private final Supplier<List<StreamMetrics.Family>> families;

  StreamCollector(Supplier<List<StreamMetrics.Family>> families) {
    this.families = families;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    return families.get().stream().map(StreamCollector::samples).toList();
  }

  /** None of them collides: all begin with {@code headwater_stream_}, and nothing else does. */
  @Override
  public List<MetricFamilySamples> describe() {
    return List.of();
  }

  private static MetricFamilySamples samples(StreamMetrics.Family family) {
    if (family.isCounter()) {
      var samples = new CounterMetricFamily(family.name(), family.help(), family.labels());
      family.values().forEach(samples::addMetric);
      return samples;
    }
    var samples = new GaugeMetricFamily(family.name(), family.help(), family.labels());
    family.values().forEach(samples::addMetric);
    return samples;
  }
}
