package dev.headwater.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;

/** Files that are almost the golden one. */
final class CraftedFile {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private CraftedFile() {}

  /** Returns the golden file with a changed header. */
  static byte[] withHeader(Consumer<ObjectNode> change) throws IOException {
    byte[] golden = GoldenSnapshot.bytes();
    var header = (ObjectNode) MAPPER.readTree(header(golden));
    change.accept(header);
    return of(json(header), data(golden));
  }

  /** Returns the golden file with other metadata. */
  static byte[] withMetadata(String name, String value) throws IOException {
    return withHeader(header -> ((ObjectNode) header.get("__metadata__")).put(name, value));
  }

  static byte[] withoutMetadata(String name) throws IOException {
    return withHeader(header -> ((ObjectNode) header.get("__metadata__")).remove(name));
  }

  /** Returns the golden file with one value changed, counted from the first. */
  static byte[] withValue(int index, float value) throws IOException {
    byte[] golden = GoldenSnapshot.bytes();
    byte[] data = data(golden);
    ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).putFloat(4 * index, value);
    return of(header(golden), data);
  }

  /** Returns the golden file with that header length stated, true or not. */
  static byte[] withHeaderLength(long length) throws IOException {
    byte[] file = GoldenSnapshot.bytes();
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    return file;
  }

  static byte[] of(byte[] header, byte[] data) {
    return ByteBuffer.allocate(8 + header.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .put(data)
        .array();
  }

  static byte[] of(String header, byte[] data) {
    return of(header.getBytes(UTF_8), data);
  }

  static byte[] header(byte[] file) {
    return Arrays.copyOfRange(file, 8, 8 + headerLength(file));
  }

  static byte[] data(byte[] file) {
    return Arrays.copyOfRange(file, 8 + headerLength(file), file.length);
  }

  private static int headerLength(byte[] file) {
    return (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  private static byte[] json(ObjectNode header) {
    try {
      return MAPPER.writeValueAsBytes(header);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
