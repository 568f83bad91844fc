/**
 * Checks brokers, topics and partitions before the stream starts, and refuses with a command that
 * mends what does not fit.
 */
package dev.headwater.stream.preflight;
