package dev.headwater.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.assertj.core.api.AbstractThrowableAssert;

/** Records as they come from Kafka, and what the reader says of them. */
final class TestRecords {
  static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");
  static final String POSITION = "headwater.images-2-17";

  private TestRecords() {}

  static RecordSource source(String key, Map<String, String> headers) {
    var all = new RecordHeaders();
    headers.forEach((name, value) -> all.add(name, value.getBytes(UTF_8)));
    return new RecordSource(key == null ? null : key.getBytes(UTF_8), all, POSITION, TIME);
  }

  static ImageEvent read(byte[] value, Map<String, String> headers) throws RejectedException {
    return ImageEventReader.read(value, source(null, headers));
  }

  static ImageEvent readJson(String json) throws RejectedException {
    return read(json.getBytes(UTF_8), Map.of());
  }

  static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      ErrorCode code, byte[] value, Map<String, String> headers) {
    return assertThatThrownBy(() -> read(value, headers))
        .isInstanceOfSatisfying(
            RejectedException.class,
            e -> org.assertj.core.api.Assertions.assertThat(e.code()).isEqualTo(code));
  }

  static AbstractThrowableAssert<?, ? extends Throwable> assertJsonRefused(
      ErrorCode code, String json) {
    return assertRefused(code, json.getBytes(UTF_8), Map.of());
  }
}
