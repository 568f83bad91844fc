/**
 * Checks brokers, topics and partitions before the stream starts, and refuses with a command that
 * fixes what does not fit.
 */
package dev.headwater.stream.preflight;
