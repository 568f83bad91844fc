package dev.headwater.stream;

import dev.headwater.event.ImageEvent;
import dev.headwater.event.ImageEventReader;
import dev.headwater.event.RecordSource;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/** Reads the image event in a record, whatever its form. */
final class ReadProcessor extends ContextualFixedKeyProcessor<byte[], byte[], Attempt<ImageEvent>> {
  static final String STEP = "read";

  @Override
  public void process(FixedKeyRecord<byte[], byte[]> record) {
    String position =
        context()
            .recordMetadata()
            .map(m -> "%s-%d-%d".formatted(m.topic(), m.partition(), m.offset()))
            .orElse("unknown");
    var source =
        new RecordSource(
            record.key(), record.headers(), position, Instant.ofEpochMilli(record.timestamp()));
    var received = new Attempt.Ok<>(record.value(), record.value());
    context()
        .forward(
            record.withValue(received.then(STEP, value -> ImageEventReader.read(value, source))));
  }
}
