package dev.headwater.stream;

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
final class ServingStore {
  static final String NAME = "serving-heads";

  private static final Logger LOG = Logger.getLogger(ServingStore.class);

  private ServingStore() {}

  static void addTo(StreamsBuilder builder, String topic) {
    builder.addGlobalStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(NAME), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled(),
        topic,
        Consumed.with(Serdes.String(), Serdes.ByteArray()).withName("serving"),
        Swap::new);
  }

  /**
   * Puts a head into service. An unreadable one is passed over and said so: an exception on the
   * thread that fills a global store would stop the whole instance, and the head before it is good.
   */
  private static final class Swap extends ContextualProcessor<String, byte[], Void, Void> {
    @Override
    public void process(Record<String, byte[]> record) {
      KeyValueStore<String, byte[]> store = context().getStateStore(NAME);
      if (record.key() == null) {
        LOG.warn("A record without a key on the serving topic is passed over");
      } else if (record.value() == null) {
        store.delete(record.key());
      } else if (isReadable(record.key(), record.value())) {
        store.put(record.key(), record.value());
      }
    }

    private static boolean isReadable(String model, byte[] file) {
      try {
        var snapshot = SnapshotFile.read(file);
        LOG.debugf("Serving %s", Map.of("model", model, "version", snapshot.version()));
        return true;
      } catch (SnapshotException e) {
        LOG.warnf("A head of model %s is passed over: %s", model, e.getMessage());
        return false;
      }
    }
  }
}
