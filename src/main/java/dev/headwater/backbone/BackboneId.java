package dev.headwater.backbone;

/**
 * Tells one backbone from another, so that a head is never applied to another backbone's
 * embeddings.
 *
 * @param name architecture and input size, such as {@code mobilenet_v2_1.0_224}
 * @param fingerprint SHA-256, in lower-case hex, over weights, preprocessing and precision
 * @param quality whether the weights are the published ones or a stand-in
 */
public record BackboneId(String name, String fingerprint, Quality quality) {
  /** How good the weights are. */
  public enum Quality {
    /** The weights that were asked for. */
    FULL,
    /** A stand-in (fine-tuned on another task, 8-bit): good enough to show the product. */
    REDUCED
  }

  /** Checks that nothing is missing. */
  public BackboneId {
    if (name.isBlank() || !fingerprint.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "backbone '%s' with fingerprint '%s': expected a name and 64 hex digits"
              .formatted(name, fingerprint));
    }
  }
}
