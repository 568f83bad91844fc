package dev.headwater.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;

/**
 * The header by which a moved record remembers where it came from and what its key was. It is set
 * on the way to the topic of moved records, over any that a producer may have sent, and taken off
 * when the record is read there.
 */
final class MovedHeader {
  private static final String NAME = "headwater.moved-from";
  private static final int NO_KEY = -1;

  private MovedHeader() {}

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

  /** Returns the origin that a moved record remembers, and removes the header. */
  static Origin take(Headers headers, byte[] value) {
    var header = headers.lastHeader(NAME);
    if (header == null) {
      throw new IllegalStateException(
          "a record on the topic of moved ones has no header %s; nothing else may write there"
              .formatted(NAME));
    }
    headers.remove(NAME);
    var buffer = ByteBuffer.wrap(header.value());
    var topic = new byte[buffer.getInt()];
    buffer.get(topic);
    int partition = buffer.getInt();
    long offset = buffer.getLong();
    int keyLength = buffer.getInt();
    byte[] key = keyLength == NO_KEY ? null : new byte[keyLength];
    if (key != null) {
      buffer.get(key);
    }
    return new Origin(key, value, new String(topic, UTF_8), partition, offset);
  }
}
