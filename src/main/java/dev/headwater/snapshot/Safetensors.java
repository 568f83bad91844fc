package dev.headwater.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The contents of a safetensors file of 32-bit floats: named tensors and text metadata.
 *
 * <p>Layout: 8 bytes little-endian header length, that many bytes of JSON, then the tensors'
 * values, little-endian, in the order of the header without gaps.
 *
 * @param metadata the header's {@code __metadata__}
 * @param tensors by name, in the file's order
 */
record Safetensors(Map<String, String> metadata, Map<String, Tensor> tensors) {
  private static final int LARGEST_HEADER = 1 << 20;
  private static final int ALIGNMENT = 8;
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  /** A tensor's shape and its values, row by row. */
  record Tensor(int[] shape, float[] values) {}

  byte[] write() {
    byte[] header = header();
    int bytes = tensors.values().stream().mapToInt(t -> t.values().length * Float.BYTES).sum();
    var buffer = ByteBuffer.allocate(Long.BYTES + header.length + bytes);
    buffer.order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).put(header);
    var floats = buffer.asFloatBuffer();
    tensors.values().forEach(tensor -> floats.put(tensor.values()));
    return buffer.array();
  }

  private byte[] header() {
    ObjectNode root = MAPPER.createObjectNode();
    root.set("__metadata__", MAPPER.valueToTree(metadata));
    int offset = 0;
    for (var entry : tensors.entrySet()) {
      int end = offset + entry.getValue().values().length * Float.BYTES;
      ObjectNode tensor = root.putObject(entry.getKey());
      tensor.put("dtype", "F32");
      tensor.set("shape", MAPPER.valueToTree(entry.getValue().shape()));
      tensor.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    try {
      byte[] json = MAPPER.writeValueAsBytes(root);
      byte[] padded = Arrays.copyOf(json, (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
      Arrays.fill(padded, json.length, padded.length, (byte) ' ');
      return padded;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values is always writable as JSON", e);
    }
  }

  static Safetensors read(byte[] file) throws SnapshotException {
    if (file.length < Long.BYTES) {
      throw new SnapshotException(
          "%d bytes, expected a safetensors file, which has at least 8".formatted(file.length));
    }
    var buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long headerLength = buffer.getLong();
    if (headerLength < 2 || headerLength > Math.min(LARGEST_HEADER, file.length - Long.BYTES)) {
      var other = OtherFormats.describe(file);
      if (other.isPresent()) {
        throw new SnapshotException("this is " + other.get());
      }
      throw new SnapshotException(
          "safetensors header of %s bytes in a file of %d, expected 2 to %d"
              .formatted(Long.toUnsignedString(headerLength), file.length, LARGEST_HEADER));
    }
    JsonNode header = parse(file, (int) headerLength);
    var data = buffer.slice(Long.BYTES + (int) headerLength, file.length - 8 - (int) headerLength);
    return new Safetensors(metadata(header), tensors(header, data.order(ByteOrder.LITTLE_ENDIAN)));
  }

  private static JsonNode parse(byte[] file, int length) throws SnapshotException {
    try {
      JsonNode header = MAPPER.readTree(file, Long.BYTES, length);
      if (header == null || !header.isObject()) {
        throw new SnapshotException("the safetensors header is not a JSON object");
      }
      return header;
    } catch (IOException e) {
      throw new SnapshotException("the safetensors header is not valid JSON", e);
    }
  }

  private static Map<String, String> metadata(JsonNode header) throws SnapshotException {
    var metadata = new LinkedHashMap<String, String>();
    for (var field : header.path("__metadata__").properties()) {
      if (!field.getValue().isTextual()) {
        throw new SnapshotException(
            "metadata '%s' is not a string, as safetensors demands".formatted(field.getKey()));
      }
      metadata.put(field.getKey(), field.getValue().textValue());
    }
    return metadata;
  }

  private static Map<String, Tensor> tensors(JsonNode header, ByteBuffer data)
      throws SnapshotException {
    var tensors = new LinkedHashMap<String, Tensor>();
    var endByBegin = new TreeMap<Long, Long>();
    for (var field : header.properties()) {
      if (!field.getKey().equals("__metadata__")) {
        Tensor tensor = tensor(field.getKey(), field.getValue(), data);
        long begin = whole(field.getValue().path("data_offsets").path(0));
        endByBegin.put(begin, begin + (long) tensor.values().length * Float.BYTES);
        tensors.put(field.getKey(), tensor);
      }
    }
    requireContiguous(endByBegin, data.capacity());
    return tensors;
  }

  /**
   * Bytes that belong to two tensors or to none could mean one thing here and another elsewhere.
   */
  private static void requireContiguous(TreeMap<Long, Long> endByBegin, int bytes)
      throws SnapshotException {
    long at = 0;
    for (var range : endByBegin.entrySet()) {
      if (range.getKey() != at) {
        throw new SnapshotException(
            "the tensors overlap or leave a gap: one ends at byte %d, the next begins at %d"
                .formatted(at, range.getKey()));
      }
      at = range.getValue();
    }
    if (at != bytes) {
      throw new SnapshotException(
          "the tensors take %d bytes, the file has %d of them".formatted(at, bytes));
    }
  }

  /** Returns a whole number as it stands; -1 for anything else, which no size or offset is. */
  private static long whole(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong() ? node.longValue() : -1;
  }

  private static Tensor tensor(String name, JsonNode entry, ByteBuffer data)
      throws SnapshotException {
    if (!entry.path("dtype").asText().equals("F32")) {
      throw new SnapshotException(
          "tensor '%s' is of type %s, expected F32".formatted(name, entry.path("dtype").asText()));
    }
    int[] shape = shape(name, entry.path("shape"), data.capacity());
    long count = Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
    long begin = whole(entry.path("data_offsets").path(0));
    long end = whole(entry.path("data_offsets").path(1));
    if (begin < 0 || end < begin || end > data.capacity() || end - begin != count * Float.BYTES) {
      throw new SnapshotException(
          "tensor '%s' of %d values lies at bytes %d to %d of %d: wrong length or out of the file"
              .formatted(name, count, begin, end, data.capacity()));
    }
    var values = new float[(int) count];
    data.slice((int) begin, (int) (end - begin))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return new Tensor(shape, values);
  }

  private static int[] shape(String name, JsonNode node, int bytes) throws SnapshotException {
    var shape = new int[node.size()];
    long count = 1;
    for (int i = 0; i < shape.length; i++) {
      long size = whole(node.path(i));
      count *= Math.max(0, size);
      if (size < 1 || size > bytes || shape.length > 8 || count * Float.BYTES > bytes) {
        throw new SnapshotException(
            "tensor '%s' has shape %s, more than the file's %d bytes or not positive"
                .formatted(name, node, bytes));
      }
      shape[i] = (int) size;
    }
    return shape;
  }
}
