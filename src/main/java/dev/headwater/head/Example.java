package dev.headwater.head;

import dev.headwater.backbone.Embedding;

/**
 * One labelled image as the head learns it.
 *
 * @param imageId names the image, so that its label can be corrected
 * @param embedding what the backbone says of the image
 * @param positive the label: true for the positive class
 * @param domain where the image came from
 */
public record Example(String imageId, Embedding embedding, boolean positive, String domain) {

  /** Whether this is of the same image as another one, whatever the labels say. */
  boolean isOfTheImageOf(Example other) {
    return imageId.equals(other.imageId);
  }
}
