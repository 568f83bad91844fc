package dev.headwater.head;

import dev.headwater.backbone.Embedding;

/**
 * One labelled image as the head learns it.
 *
 * @param embedding what the backbone says of the image
 * @param positive the label: true for the positive class
 * @param domain where the image came from
 */
public record Example(Embedding embedding, boolean positive, String domain) {}
