/**
 * Learns one model from its inputs, one after the other: tests, trains, detects drift, makes
 * versions and decides which one serves, in plain Java over stores of bytes; it knows nothing of
 * Kafka.
 */
package dev.headwater.learner;
