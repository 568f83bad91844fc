package dev.headwater.bench.service;

/**
 * What one topic was sent.
 *
 * @param topic its name
 * @param records how many
 * @param bytes of their keys and values
 */
record TopicBytes(String topic, long records, long bytes) {
  TopicBytes plus(long size) {
    return new TopicBytes(topic, records + 1, bytes + size);
  }
}
