package dev.headwater.api;

import dev.headwater.app.AdaptationService;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Puts how the models are doing, and how the work goes, beside Micrometer's meters, under {@code
 * /q/metrics}.
 */
@Singleton
final class ModelMetrics {
  private final AdaptationService service;
  private final PrometheusMeterRegistry registry;

  ModelMetrics(AdaptationService service, PrometheusMeterRegistry registry) {
    this.service = service;
    this.registry = registry;
  }

  void register(@Observes StartupEvent event) {
    registry.getPrometheusRegistry().register(new ModelCollector(service::models));
    registry.getPrometheusRegistry().register(new StreamCollector(service::metrics));
  }
}
