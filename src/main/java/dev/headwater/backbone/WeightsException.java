package dev.headwater.backbone;

/**
 * Says in one sentence why a backbone's weights cannot be used or fetched: what was found, what was
 * expected, where, and, where it is known, what to do.
 */
public final class WeightsException extends BackboneException {
  private static final long serialVersionUID = 1L;

  public WeightsException(String message) {
    super(message);
  }

  public WeightsException(String message, Throwable cause) {
    super(message, cause);
  }
}
