package dev.headwater.api;

import dev.headwater.app.AdaptationService;
import io.prometheus.client.CollectorRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Puts how the models are doing beside Micrometer's meters, under {@code /q/metrics}. */
@Singleton
final class ModelMetrics {
  private final AdaptationService service;
  private final CollectorRegistry registry;

  ModelMetrics(AdaptationService service, CollectorRegistry registry) {
    this.service = service;
    this.registry = registry;
  }

  void register(@Observes StartupEvent event) {
    registry.register(new ModelCollector(service::models));
  }
}
