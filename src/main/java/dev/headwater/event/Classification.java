package dev.headwater.event;

/**
 * A synchronous prediction by the serving head, as in {@code
 * schemas/classification.v1.schema.json}; nothing of it is kept.
 *
 * @param model the model that was asked
 * @param version the version of the head that predicted
 * @param probability of the positive class, from 0 to 1
 * @param predictedClass the class name on that side of the threshold
 * @param uncertainty the chance that {@code predictedClass} is wrong, as the head knows it
 * @param threshold the probability from which on the positive class is predicted
 * @param backbone fingerprint of the backbone that embedded the image
 * @param reducedQuality whether that backbone is a stand-in of reduced quality
 */
public record Classification(
    String model,
    long version,
    double probability,
    String predictedClass,
    double uncertainty,
    double threshold,
    String backbone,
    boolean reducedQuality) {}
