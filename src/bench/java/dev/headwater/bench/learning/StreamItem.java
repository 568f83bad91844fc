package dev.headwater.bench.learning;

import dev.headwater.backbone.Embedding;

/**
 * One image of a stream.
 *
 * @param imageId names the image; a stream that uses an image again repeats it
 * @param embedding what the backbone says of the image
 * @param positive the label
 * @param domain the folder that it came from
 */
public record StreamItem(String imageId, Embedding embedding, boolean positive, String domain) {}
