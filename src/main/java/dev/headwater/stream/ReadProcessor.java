package dev.headwater.stream;

import dev.headwater.event.ImageEvent;
import dev.headwater.event.ImageEventReader;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/** Reads the image event in a record, whatever its form. */
final class ReadProcessor extends ContextualFixedKeyProcessor<byte[], byte[], Attempt<ImageEvent>> {
  static final String STEP = "read";

  private final ImageEventReader reader = new ImageEventReader();

  @Override
  public void process(FixedKeyRecord<byte[], byte[]> record) {
    String position =
        context()
            .recordMetadata()
            .map(m -> "%s-%d-%d".formatted(m.topic(), m.partition(), m.offset()))
            .orElse("unknown");
    var source =
        new ImageEventReader.Source(
            record.key(), record.headers(), position, Instant.ofEpochMilli(record.timestamp()));
    var received = new Attempt.Ok<>(record.value(), record.value());
    context().forward(record.withValue(received.then(STEP, value -> reader.read(value, source))));
  }
}
