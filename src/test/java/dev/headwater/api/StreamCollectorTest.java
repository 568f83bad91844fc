package dev.headwater.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.stream.runtime.StreamMetrics;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.CollectorRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The metrics of the stream threads as a scrape shows them. */
class StreamCollectorTest {
  private final CollectorRegistry collectors = new CollectorRegistry(true);
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, collectors, Clock.SYSTEM);
  private List<StreamMetrics.Family> families = List.of();

  @Test
  void shouldShowCountersAndGauges() {
    collectors.register(new StreamCollector(() -> families));
    assertThat(registry.scrape()).doesNotContain("headwater_stream_");
    families =
        List.of(
            new StreamMetrics.Family(
                "headwater_stream_commits",
                "Commits.",
                true,
                List.of("application"),
                Map.of(List.of("inference"), 3.0)),
            new StreamMetrics.Family(
                "headwater_stream_lag_records",
                "Records.",
                false,
                List.of("application", "topic"),
                Map.of(List.of("inference", "headwater.images"), 7.0)));
    assertThat(registry.scrape())
        .contains("# TYPE headwater_stream_commits_total counter")
        .contains("headwater_stream_commits_total{application=\"inference\",} 3.0")
        .contains(
            "headwater_stream_lag_records{application=\"inference\",topic=\"headwater.images\",}"
                + " 7.0");
  }
}
