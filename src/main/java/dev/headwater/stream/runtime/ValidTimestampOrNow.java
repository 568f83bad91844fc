package dev.headwater.stream.runtime;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Returns a record's own timestamp, or the current time if it has no valid one: Kafka Streams'
 * default would stop at such a record for good.
 */
public final class ValidTimestampOrNow implements TimestampExtractor {
  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    return record.timestamp() >= 0 ? record.timestamp() : System.currentTimeMillis();
  }
}
