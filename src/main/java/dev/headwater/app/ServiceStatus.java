package dev.headwater.app;

import dev.headwater.backbone.BackboneId;
import java.util.Optional;

/**
 * How far the service has come.
 *
 * @param phase what it is doing
 * @param backbone once it is loaded and proved
 * @param weightsOrigin where its weights came from
 * @param failure why it cannot go on
 */
public record ServiceStatus(
    Phase phase,
    Optional<BackboneId> backbone,
    Optional<String> weightsOrigin,
    Optional<String> failure) {
  /** The phases of a life, in order. */
  public enum Phase {
    STOPPED,
    LOADING_BACKBONE,
    STARTING_BROKER,
    ENSURING_TOPICS,
    STARTING_STREAMS,
    STARTED,
    FAILED
  }

  static ServiceStatus stopped() {
    return new ServiceStatus(Phase.STOPPED, Optional.empty(), Optional.empty(), Optional.empty());
  }

  ServiceStatus in(Phase next) {
    return new ServiceStatus(next, backbone, weightsOrigin, failure);
  }

  ServiceStatus with(BackboneId id, String origin) {
    return new ServiceStatus(phase, Optional.of(id), Optional.of(origin), failure);
  }

  ServiceStatus failed(String why) {
    return new ServiceStatus(Phase.FAILED, backbone, weightsOrigin, Optional.of(why));
  }
}
