package dev.headwater.app;

import dev.headwater.backbone.BackboneId;
import dev.headwater.event.ModelStatus;
import dev.headwater.stream.AdaptationStreams.NotReadyException;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether images are being predicted: the streams run, the backbone is loaded, and the head of
 * every model that has learned fits it. A model that has learned nothing predicts with version 0.
 */
@Readiness
final class ReadinessCheck implements HealthCheck {
  private final AdaptationService service;

  ReadinessCheck(AdaptationService service) {
    this.service = service;
  }

  @Override
  public HealthCheckResponse call() {
    var status = service.status();
    var response =
        HealthCheckResponse.named("processing")
            .withData("phase", status.phase().name())
            .withData("streams", service.streamsState());
    status
        .backbone()
        .ifPresent(
            id ->
                response
                    .withData("backbone", id.fingerprint())
                    .withData("backboneQuality", quality(id)));
    status.weightsOrigin().ifPresent(origin -> response.withData("weights", origin));
    boolean up =
        status.phase() == ServiceStatus.Phase.STARTED
            && service.isProcessing()
            && status.backbone().map(id -> headsFit(id, response)).orElse(false);
    return response.status(up).build();
  }

  private static String quality(BackboneId id) {
    return id.quality() == BackboneId.Quality.REDUCED ? "reduced quality" : "full";
  }

  private boolean headsFit(BackboneId id, HealthCheckResponseBuilder response) {
    try {
      List<ModelStatus> models = service.models();
      List<String> foreign =
          models.stream()
              .filter(model -> model.examples() > 0)
              .filter(model -> !model.backbone().equals(id.fingerprint()))
              .map(ModelStatus::model)
              .toList();
      response.withData("models", models.size());
      if (!foreign.isEmpty()) {
        response.withData("headsOfAnotherBackbone", String.join(", ", foreign));
      }
      return foreign.isEmpty();
    } catch (NotReadyException e) {
      response.withData("models", e.getMessage());
      return false;
    }
  }
}
