package dev.headwater.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headwater.event.RecordSize;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * The header by which a moved record remembers where it came from and what its key was. It is set
 * on the way to the topic of moved records, over any that a producer may have sent, and taken off
 * when the record is read there.
 */
final class OriginHeader {
  private static final String NAME = "headwater.moved-from";
  private static final int NO_KEY = -1;

  private OriginHeader() {}

  static void set(Headers headers, Origin origin) {
    byte[] topic = origin.topic().getBytes(UTF_8);
    int keyLength = origin.key() == null ? 0 : origin.key().length;
    var buffer = ByteBuffer.allocate(4 + topic.length + 4 + 8 + 4 + keyLength);
    buffer.putInt(topic.length).put(topic).putInt(origin.partition()).putLong(origin.offset());
    buffer.putInt(origin.key() == null ? NO_KEY : keyLength);
    if (origin.key() != null) {
      buffer.put(origin.key());
    }
    headers.remove(NAME).add(NAME, buffer.array());
  }

  /**
   * Returns the origin that a moved record remembers, and removes the header; empty if there is
   * none that was set here.
   */
  static Optional<Origin> take(Headers headers, byte[] value) {
    if (RecordSize.count(headers) > RecordSize.MOST_HEADERS + 1) {
      return Optional.empty();
    }
    var header = headers.lastHeader(NAME);
    headers.remove(NAME);
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
