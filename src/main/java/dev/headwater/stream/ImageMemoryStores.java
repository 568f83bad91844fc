package dev.headwater.stream;

import dev.headwater.learner.model.ModelCatalog;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The stores that the steps of inference share, and how a step opens them. */
final class ImageMemoryStores {
  private static final String SEEN = "seen-images";
  private static final String PENDING = "pending-labels";

  private final ModelCatalog catalog;
  private final Duration retention;
  private final Set<StoreBuilder<?>> builders = Set.of(store(SEEN), store(PENDING));

  ImageMemoryStores(ModelCatalog catalog, Duration retention) {
    this.catalog = catalog;
    this.retention = retention;
  }

  private static StoreBuilder<?> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(ChangelogConfigs.SMALL_VALUES);
  }

  /** Supplies processors, one a task, and the stores: the same ones to each step that asks. */
  <V> ProcessorSupplier<byte[], V, byte[], InferenceOutput> supply(
      Function<ImageMemoryStores, Processor<byte[], V, byte[], InferenceOutput>> processors) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<byte[], V, byte[], InferenceOutput> get() {
        return processors.apply(ImageMemoryStores.this);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return builders;
      }
    };
  }

  /** The same for processors that do not change the key. */
  <V, W> FixedKeyProcessorSupplier<byte[], V, W> supplyValues(
      Function<ImageMemoryStores, FixedKeyProcessor<byte[], V, W>> processors) {
    return new FixedKeyProcessorSupplier<>() {
      @Override
      public FixedKeyProcessor<byte[], V, W> get() {
        return processors.apply(ImageMemoryStores.this);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return builders;
      }
    };
  }

  /** How long images are remembered, and labels are pending. */
  Duration retention() {
    return retention;
  }

  /** Returns the memory of the task that a processor is initialised for. */
  ImageMemory open(ProcessingContext context) {
    KeyValueStore<Bytes, byte[]> seen = context.getStateStore(SEEN);
    KeyValueStore<Bytes, byte[]> pending = context.getStateStore(PENDING);
    return new ImageMemory(catalog, seen, pending, retention);
  }
}
