package dev.headwater.stream;

import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * A record as it came, with where it lay: what a dead letter is made of, beside its headers.
 *
 * @param key may be null
 * @param value may be null
 */
record Origin(byte[] key, byte[] value, String topic, int partition, long offset) {

  /** Returns the origin of the record that a processor has in hand. */
  static Origin of(ProcessingContext context, byte[] key, byte[] value) {
    var metadata =
        context
            .recordMetadata()
            .orElseThrow(() -> new IllegalStateException("called without a record in hand"));
    return new Origin(key, value, metadata.topic(), metadata.partition(), metadata.offset());
  }

  /** Returns {@code topic-partition-offset}. */
  String position() {
    return "%s-%d-%d".formatted(topic, partition, offset);
  }
}
