/**
 * Runs Kafka Streams: its properties and limits, threads and their faults, failover from instances
 * that died, commits and metrics; it knows nothing of images.
 */
package dev.headwater.stream.runtime;
