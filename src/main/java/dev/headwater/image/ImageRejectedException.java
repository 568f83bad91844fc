package dev.headwater.image;

/** Says why the bytes of an image cannot be used; the message is fit for a dead letter. */
public final class ImageRejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The kinds of refusal. */
  public enum Reason {
    /** No bytes at all. */
    EMPTY,
    /** More bytes than allowed. */
    TOO_MANY_BYTES,
    /**
     * Width times height, as the header states them, is more than allowed; or one of them alone is,
     * or what a JPEG's scans add up to.
     */
    TOO_MANY_PIXELS,
    /** Not one of JPEG, PNG, BMP, GIF, WebP. */
    FORMAT_UNKNOWN,
    /** The file ends before its image does. */
    TRUNCATED,
    /** The file is of a known format, but breaks that format's rules. */
    CORRUPT
  }

  private final Reason reason;

  public ImageRejectedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public ImageRejectedException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
