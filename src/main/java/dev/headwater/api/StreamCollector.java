package dev.headwater.api;

import dev.headwater.stream.runtime.Meter;
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
  private final Supplier<List<Meter>> meters;

  StreamCollector(Supplier<List<Meter>> meters) {
    this.meters = meters;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    return meters.get().stream().map(StreamCollector::family).toList();
  }

  /** None of them collides: all begin with {@code headwater_stream_}, and nothing else does. */
  @Override
  public List<MetricFamilySamples> describe() {
    return List.of();
  }

  private static MetricFamilySamples family(Meter meter) {
    if (meter.total()) {
      var family = new CounterMetricFamily(meter.name(), meter.help(), meter.labels());
      meter.values().forEach(family::addMetric);
      return family;
    }
    var family = new GaugeMetricFamily(meter.name(), meter.help(), meter.labels());
    meter.values().forEach(family::addMetric);
    return family;
  }
}
