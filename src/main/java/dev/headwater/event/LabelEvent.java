package dev.headwater.event;

import java.time.Instant;

/**
 * The label of an image that was sent before, or will be; whatever form it had on the wire.
 *
 * @param imageId the id of the image event
 * @param label the class as it was sent: a class name, 1, 0, true or false
 * @param time when it was labelled or sent
 */
public record LabelEvent(String imageId, String label, Instant time) {}
