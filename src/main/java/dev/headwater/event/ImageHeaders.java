package dev.headwater.event;

/** Header names of an image event in CloudEvents' binary mode, as its Kafka binding spells them. */
public final class ImageHeaders {
  public static final String SPEC_VERSION = "ce_specversion";
  public static final String ID = "ce_id";
  public static final String SOURCE = "ce_source";
  public static final String TYPE = "ce_type";
  public static final String SUBJECT = "ce_subject";
  public static final String TIME = "ce_time";
  public static final String CONTENT_TYPE = "content-type";
  public static final String MODEL = "ce_model";
  public static final String DOMAIN = "ce_domain";
  public static final String LABEL = "ce_label";

  /** The value of {@link #TYPE}. */
  public static final String IMAGE_TYPE = "dev.headwater.image.v1";

  private ImageHeaders() {}
}
