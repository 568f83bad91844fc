package dev.headwater.event;

import java.time.Instant;
import org.apache.kafka.common.header.Headers;

/**
 * Key, headers, position and time of a Kafka record.
 *
 * @param key as it came; may be null
 * @param headers as they came
 * @param position {@code topic-partition-offset}: what to call an event without id and key
 * @param time the record's timestamp, for an event that has none
 */
public record RecordSource(byte[] key, Headers headers, String position, Instant time) {}
