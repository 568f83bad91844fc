package dev.headwater.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headwater.event.RecordSize;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * A record as it came, with its position: what a dead letter is made of, beside its headers.
 *
 * <p>A repartitioned record carries its origin in a header, so that it can be told on the other
 * side where it came from and what its key was.
 *
 * @param key may be null
 * @param value may be null
 */
record Origin(byte[] key, byte[] value, String topic, int partition, long offset) {
  private static final String HEADER = "headwater.moved-from";
  private static final int NO_KEY = -1;

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

  /** Sets the header, over any that a producer may have sent. */
  void setHeader(Headers headers) {
    byte[] topicName = topic.getBytes(UTF_8);
    int keyLength = key == null ? 0 : key.length;
    var buffer = ByteBuffer.allocate(4 + topicName.length + 4 + 8 + 4 + keyLength);
    buffer.putInt(topicName.length).put(topicName).putInt(partition).putLong(offset);
    buffer.putInt(key == null ? NO_KEY : keyLength);
    if (key != null) {
      buffer.put(key);
    }
    headers.remove(HEADER).add(HEADER, buffer.array());
  }

  /**
   * Returns the origin of a repartitioned record, and removes the header; empty if there is none
   * that {@link #setHeader} wrote.
   *
   * @param value of the repartitioned record, which is that of the original
   */
  static Optional<Origin> takeHeader(Headers headers, byte[] value) {
    if (RecordSize.count(headers) > RecordSize.MOST_HEADERS + 1) {
      return Optional.empty();
    }
    var header = headers.lastHeader(HEADER);
    headers.remove(HEADER);
    if (header == null || header.value() == null) {
      return Optional.empty();
    }
    var buffer = ByteBuffer.wrap(header.value());
    try {
      String topic = new String(bytes(buffer, buffer.getInt()), UTF_8);
      int partition = buffer.getInt();
      long offset = buffer.getLong();
      int keyLength = buffer.getInt();
      byte[] key = keyLength == NO_KEY ? null : bytes(buffer, keyLength);
      return Optional.of(new Origin(key, value, topic, partition, offset));
    } catch (BufferUnderflowException | IllegalArgumentException foreign) {
      return Optional.empty();
    }
  }

  private static byte[] bytes(ByteBuffer buffer, int length) {
    if (length < 0 || length > buffer.remaining()) {
      throw new IllegalArgumentException("a length of %d".formatted(length));
    }
    var bytes = new byte[length];
    buffer.get(bytes);
    return bytes;
  }
}
