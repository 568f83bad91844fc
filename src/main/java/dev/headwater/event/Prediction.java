package dev.headwater.event;

import java.time.Instant;
import java.util.Optional;

/**
 * The serving head's prediction for one image; the value on the {@code predictions} topic.
 *
 * @param imageId the image event's id, also the record's key
 * @param model the model that was asked
 * @param domain where the image came from, such as a camera or a style
 * @param probability of the positive class, from 0 to 1; 0.5 where {@code snapshotVersion} is 0
 * @param predictedClass the class name on that side of the threshold; empty where {@code
 *     snapshotVersion} is 0, since an untrained head claims nothing
 * @param uncertainty the chance that {@code predictedClass} is wrong, as the head knows it; 0.5
 *     where {@code snapshotVersion} is 0
 * @param needsLabel whether a label for this image is worth asking for, within the label budget;
 *     false where the image brought one
 * @param threshold the probability from which on the positive class is predicted
 * @param snapshotVersion the version of the head that was asked; 0 before any has been trained
 * @param backbone fingerprint of the backbone that embedded the image
 * @param reducedQuality whether that backbone is a stand-in of reduced quality
 * @param time the image event's time
 */
public record Prediction(
    String imageId,
    String model,
    String domain,
    double probability,
    Optional<String> predictedClass,
    double uncertainty,
    boolean needsLabel,
    double threshold,
    long snapshotVersion,
    String backbone,
    boolean reducedQuality,
    Instant time) {}
