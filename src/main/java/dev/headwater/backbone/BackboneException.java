package dev.headwater.backbone;

/**
 * Says in one sentence why a backbone cannot be used: its engine failed, or what it computes is not
 * what its weights say. The sentence is fit for an operator to read and act on.
 */
public class BackboneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BackboneException(String message) {
    super(message);
  }

  public BackboneException(String message, Throwable cause) {
    super(message, cause);
  }
}
