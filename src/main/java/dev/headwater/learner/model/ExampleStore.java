package dev.headwater.learner.model;

import dev.headwater.backbone.Embedding;
import dev.headwater.head.Example;
import dev.headwater.head.Reservoir;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The examples of one model, a record each: label and format in one byte, image id, domain, number,
 * embedding.
 */
public final class ExampleStore {
  private static final byte NEGATIVE = 4;
  private static final byte POSITIVE = 5;

  private final String model;
  private final ByteStore store;
  private final Cache decoded;

  /**
   * The examples of a task that were used last, decoded: every mini-batch looks at all that are
   * kept of a model. At most some 40 MB with embeddings of 1280 values.
   */
  public static final class Cache extends LinkedHashMap<String, Example> {
    private static final long serialVersionUID = 1L;
    private static final int MOST = 8_000;

    public Cache() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Example> eldest) {
      return size() > MOST;
    }
  }

  /**
   * @param decoded examples of any model as they are in this store
   */
  ExampleStore(String model, ByteStore store, Cache decoded) {
    this.model = model;
    this.store = store;
    this.decoded = decoded;
  }

  /** Returns the first examples that wait for their mini-batch, oldest first. */
  List<Example> pending(int count) {
    return IntStream.range(0, count).mapToObj(i -> get(pendingKey(i))).toList();
  }

  void savePending(int index, Example example) {
    save(pendingKey(index), example);
  }

  /** Returns the example in a slot of the reservoir, which must have been saved. */
  Example slot(Reservoir.Slot slot) {
    return get(slotKey(slot));
  }

  void saveSlot(Reservoir.Slot slot, Example example) {
    save(slotKey(slot), example);
  }

  void deleteSlot(Reservoir.Slot slot) {
    store.delete(slotKey(slot));
    decoded.remove(slotKey(slot));
  }

  private String pendingKey(int index) {
    return model + "/pending/" + index;
  }

  private String slotKey(Reservoir.Slot slot) {
    String group = slot.positive() ? "positive" : "negative";
    return model + "/reservoir/" + group + "/" + slot.index() + "/" + slot.domain();
  }

  private Example get(String key) {
    return decoded.computeIfAbsent(key, missing -> read(store.get(missing)));
  }

  private void save(String key, Example example) {
    store.put(key, write(example));
    decoded.put(key, example);
  }

  static byte[] write(Example example) {
    int texts = RecordFields.bytes(example.imageId()) + RecordFields.bytes(example.domain());
    int size = example.embedding().size() * Float.BYTES;
    var buffer = ByteBuffer.allocate(1 + texts + Long.BYTES + size);
    buffer.put(example.positive() ? POSITIVE : NEGATIVE);
    RecordFields.putText(buffer, example.imageId());
    RecordFields.putText(buffer, example.domain()).putLong(example.number());
    FloatCodec.put(buffer, example.embedding());
    return buffer.array();
  }

  static Example read(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    byte first = buffer.get();
    if (first != NEGATIVE && first != POSITIVE) {
      throw new IllegalStateException(
          "example has format %d: this build reads %d and %d; start the build that wrote it"
              .formatted(first, NEGATIVE, POSITIVE));
    }
    String imageId = RecordFields.text(buffer);
    String domain = RecordFields.text(buffer);
    long number = buffer.getLong();
    var embedding = Embedding.wrap(FloatCodec.get(buffer, buffer.remaining() / Float.BYTES));
    return new Example(imageId, embedding, first == POSITIVE, domain, number);
  }
}
