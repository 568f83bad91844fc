package dev.headwater.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A label whose image has not come yet, with its record as it came: should the image never come, it
 * becomes a dead letter.
 *
 * @param label as in the event; the image's model knows what it means
 */
record PendingLabel(String label, Origin origin, Headers headers) {
  private static final int FORMAT = 1;
  private static final int NULL = -1;

  byte[] write() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      put(out, label.getBytes(UTF_8));
      put(out, origin.key());
      put(out, origin.value());
      put(out, origin.topic().getBytes(UTF_8));
      out.writeInt(origin.partition());
      out.writeLong(origin.offset());
      out.writeInt(headers.toArray().length);
      for (Header header : headers) {
        put(out, header.key().getBytes(UTF_8));
        put(out, header.value());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory is always writable", e);
    }
    return bytes.toByteArray();
  }

  private static void put(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes == null ? NULL : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  /** Reads what {@link #write} wrote. */
  static PendingLabel read(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int format = in.readByte();
      if (format != FORMAT) {
        throw new IllegalStateException(
            "a pending label has format %d: this build reads %d; start the build that wrote it"
                .formatted(format, FORMAT));
      }
      String label = new String(get(in), UTF_8);
      byte[] key = get(in);
      byte[] value = get(in);
      var origin = new Origin(key, value, new String(get(in), UTF_8), in.readInt(), in.readLong());
      var headers = new RecordHeaders();
      for (int left = in.readInt(); left > 0; left--) {
        headers.add(new String(get(in), UTF_8), get(in));
      }
      return new PendingLabel(label, origin, headers);
    } catch (IOException e) {
      throw new UncheckedIOException("a pending label is not readable; restore it from Kafka", e);
    }
  }

  private static byte[] get(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length == NULL) {
      return null;
    }
    var bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
