package dev.headwater.head;

import dev.headwater.backbone.Embedding;

/**
 * One labelled image as the head learns it.
 *
 * @param imageId names the image, so that its label can be corrected
 * @param embedding what the backbone says of the image
 * @param positive the label: true for the positive class
 * @param domain where the image came from
 * @param number which label of the model it was, counted from 1; 0 where that is not known
 */
public record Example(
    String imageId, Embedding embedding, boolean positive, String domain, long number) {

  /** An example of which it is not known when it was learnt. */
  public Example(String imageId, Embedding embedding, boolean positive, String domain) {
    this(imageId, embedding, positive, domain, 0);
  }

  /** Whether this is of the same image as another one, whatever the labels say. */
  boolean isOfTheImageOf(Example other) {
    return imageId.equals(other.imageId);
  }
}
