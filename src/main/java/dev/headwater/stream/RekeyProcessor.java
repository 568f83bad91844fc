package dev.headwater.stream;

import java.util.function.BiFunction;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Maps a record to the one that is published: another key, another value, the same timestamp, and
 * no headers.
 */
final class RekeyProcessor<K, V, L, W> extends ContextualProcessor<K, V, L, W> {
  private final BiFunction<K, V, L> key;
  private final BiFunction<K, V, W> value;

  private RekeyProcessor(BiFunction<K, V, L> key, BiFunction<K, V, W> value) {
    this.key = key;
    this.value = value;
  }

  static <K, V, L, W> ProcessorSupplier<K, V, L, W> of(
      BiFunction<K, V, L> key, BiFunction<K, V, W> value) {
    return () -> new RekeyProcessor<>(key, value);
  }

  @Override
  public void process(Record<K, V> record) {
    context()
        .forward(
            new Record<>(
                key.apply(record.key(), record.value()),
                value.apply(record.key(), record.value()),
                record.timestamp()));
  }
}
