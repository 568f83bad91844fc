package dev.headwater.app;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** DOWN once the service has failed for good, and only a restart helps. */
@Liveness
final class LivenessCheck implements HealthCheck {
  private final AdaptationService service;

  LivenessCheck(AdaptationService service) {
    this.service = service;
  }

  @Override
  public HealthCheckResponse call() {
    var status = service.status();
    var response =
        HealthCheckResponse.named("adaptation")
            .status(status.failure().isEmpty())
            .withData("phase", status.phase().name());
    status.failure().ifPresent(why -> response.withData("failure", why));
    return response.build();
  }
}
