package dev.headwater.event;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Utils;

/** The largest size of a record on the wire, and the most headers it may have. */
public final class RecordSize {
  /**
   * Kafka looks through all headers to find or remove one: millions of them would stall a thread.
   */
  public static final int MOST_HEADERS = 1_000;

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

  /** Whether a record has more headers than are looked at. */
  public static boolean hasTooManyHeaders(Headers headers) {
    return count(headers) > MOST_HEADERS;
  }

  /** Returns how many headers there are. */
  public static int count(Headers headers) {
    int count = 0;
    for (var each = headers.iterator(); each.hasNext(); each.next()) {
      count++;
    }
    return count;
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
