package dev.headwater.snapshot;

import dev.headwater.head.DenseHead;
import java.util.List;
import java.util.Optional;

/**
 * A head that was trained anywhere, with what its file says of it.
 *
 * @param backbone fingerprint of the backbone whose embeddings it understands
 * @param classes the two class names, negative first; empty if the file does not say
 * @param threshold the probability from which on the positive class is predicted; empty if the file
 *     does not say
 * @param examples labelled images learnt; 0 if the file does not say
 * @param accuracy over all examples, if the file says
 * @param windowAccuracy over the newest examples, if the file says
 * @param head the weights
 */
public record ImportedHead(
    String backbone,
    Optional<List<String>> classes,
    Optional<Double> threshold,
    long examples,
    Optional<Double> accuracy,
    Optional<Double> windowAccuracy,
    DenseHead head) {}
