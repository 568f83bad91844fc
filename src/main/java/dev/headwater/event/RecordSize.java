package dev.headwater.event;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Utils;

/** How many bytes a record takes on the wire, at most. */
public final class RecordSize {
  /** Lengths, attributes, timestamp and offset of a record and its batch. */
  private static final int RECORD = 100;

  /** Two lengths, up to five bytes each: it counts where headers are many and tiny. */
  private static final int HEADER = 10;

  private RecordSize() {}

  public static long of(byte[] key, byte[] value, Headers headers) {
    long size = RECORD + length(key) + length(value);
    for (Header header : headers) {
      size += HEADER + Utils.utf8Length(header.key()) + length(header.value());
    }
    return size;
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
