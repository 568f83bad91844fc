package dev.headwater.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.stream.runtime.Meter;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.CollectorRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a scrape says of the work. */
class StreamCollectorTest {
  private final CollectorRegistry collectors = new CollectorRegistry(true);
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, collectors, Clock.SYSTEM);
  private List<Meter> meters = List.of();

  @Test
  void shouldShowCountersAndGauges() {
    collectors.register(new StreamCollector(() -> meters));
    assertThat(registry.scrape()).doesNotContain("headwater_stream_");
    meters =
        List.of(
            new Meter(
                "headwater_stream_commits",
                "Commits.",
                true,
                List.of("application"),
                Map.of(List.of("inference"), 3.0)),
            new Meter(
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
