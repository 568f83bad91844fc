package dev.headwater.learner.model;

import dev.headwater.backbone.Embedding;
import dev.headwater.head.Example;
import dev.headwater.head.Reservoir;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** Examples as bytes, a record each; those used last are kept decoded. */
final class ExampleStore {
  /**
   * The first byte of an example: its label, and its format, which once was without image id, and
   * then without number.
   */
  private static final byte NEGATIVE = 4;

  private static final byte POSITIVE = 5;
  private static final byte WITH_IMAGE_ID = 2;

  private final ByteStore store;
  private final ExampleCache decoded;

  ExampleStore(ByteStore store, ExampleCache decoded) {
    this.store = store;
    this.decoded = decoded;
  }

  static String pendingKey(String model, int index) {
    return model + "/pending/" + index;
  }

  static String slotKey(String model, Reservoir.Slot slot) {
    String group = slot.positive() ? "positive" : "negative";
    return model + "/reservoir/" + group + "/" + slot.index() + "/" + slot.domain();
  }

  /** Returns the first examples of a model that wait for their mini-batch, oldest first. */
  List<Example> pending(String model, int count) {
    return IntStream.range(0, count).mapToObj(i -> get(pendingKey(model, i))).toList();
  }

  /** Returns the example of a key, which must have been saved. */
  Example get(String key) {
    var known = decoded.get(key);
    if (known == null) {
      known = decode(key);
      decoded.put(key, known);
    }
    return known;
  }

  private Example decode(String key) {
    var buffer = ByteBuffer.wrap(store.get(key));
    byte first = buffer.get();
    String imageId = first < WITH_IMAGE_ID ? "" : text(buffer);
    String domain = text(buffer);
    long number = first < NEGATIVE ? 0 : buffer.getLong();
    var embedding = Embedding.wrap(FloatCodec.get(buffer, buffer.remaining() / Float.BYTES));
    return new Example(imageId, embedding, first % 2 == 1, domain, number);
  }

  private static String text(ByteBuffer buffer) {
    var bytes = new byte[buffer.getInt()];
    buffer.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  void save(String key, Example example) {
    byte[] imageId = example.imageId().getBytes(StandardCharsets.UTF_8);
    byte[] domain = example.domain().getBytes(StandardCharsets.UTF_8);
    int size = example.embedding().size() * Float.BYTES;
    var buffer = ByteBuffer.allocate(1 + 4 + imageId.length + 4 + domain.length + 8 + size);
    buffer.put(example.positive() ? POSITIVE : NEGATIVE);
    buffer.putInt(imageId.length).put(imageId);
    buffer.putInt(domain.length).put(domain).putLong(example.number());
    FloatCodec.put(buffer, example.embedding());
    store.put(key, buffer.array());
    decoded.put(key, example);
  }

  void delete(String key) {
    store.delete(key);
    decoded.remove(key);
  }
}
