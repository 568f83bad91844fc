package dev.headwater.app;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Whether everything has been started. */
@Startup
final class StartupCheck implements HealthCheck {
  private final AdaptationService service;

  StartupCheck(AdaptationService service) {
    this.service = service;
  }

  @Override
  public HealthCheckResponse call() {
    var phase = service.status().phase();
    return HealthCheckResponse.named("started")
        .status(phase == ServiceStatus.Phase.STARTED)
        .withData("phase", phase.name())
        .build();
  }
}
