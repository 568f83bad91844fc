package dev.headwater.stream;

import dev.headwater.snapshot.Snapshot;
import dev.headwater.snapshot.SnapshotException;
import dev.headwater.snapshot.SnapshotFile;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jboss.logging.Logger;

/** The store of served heads that every instance fills, whole, from the {@code serving} topic. */
final class ServedHeadStore {
  static final String NAME = "serving-heads";

  private static final Logger LOG = Logger.getLogger(ServedHeadStore.class);

  private ServedHeadStore() {}

  /**
   * @param inputs how many values the embeddings have that heads must take
   */
  static void addTo(StreamsBuilder builder, String topic, int inputs) {
    builder.addGlobalStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(NAME), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled(),
        topic,
        Consumed.with(Serdes.String(), Serdes.ByteArray()).withName("serving"),
        () -> new Swap(inputs));
  }

  /**
   * Puts a head into service. An unreadable one is skipped with a warning: an exception on the
   * thread that fills a global store would stop the whole instance, and the previous head is good.
   */
  private static final class Swap extends ContextualProcessor<String, byte[], Void, Void> {
    private final int inputs;

    Swap(int inputs) {
      this.inputs = inputs;
    }

    @Override
    public void process(Record<String, byte[]> record) {
      KeyValueStore<String, byte[]> store = context().getStateStore(NAME);
      if (record.key() == null) {
        LOG.warn("Skipped a record without a key on the serving topic");
      } else if (record.value() == null) {
        store.delete(record.key());
      } else if (isUsable(record.key(), record.value())) {
        store.put(record.key(), record.value());
      }
    }

    private boolean isUsable(String model, byte[] file) {
      try {
        var snapshot = SnapshotFile.read(file);
        requireFit(model, snapshot);
        LOG.debugf("Serving %s", Map.of("model", model, "version", snapshot.version()));
        return true;
      } catch (SnapshotException e) {
        LOG.warnf("Skipped a head of model %s on the serving topic: %s", model, e.getMessage());
        return false;
      }
    }

    private void requireFit(String model, Snapshot snapshot) throws SnapshotException {
      if (!snapshot.model().equals(model)) {
        throw new SnapshotException("it is of model '%s'".formatted(snapshot.model()));
      }
      int found = snapshot.head().parameters().inputs();
      if (found != inputs) {
        throw new SnapshotException(
            "it takes %d values, the embeddings here have %d".formatted(found, inputs));
      }
    }
  }
}
