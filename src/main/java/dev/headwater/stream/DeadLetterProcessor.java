package dev.headwater.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headwater.event.ContentHash;
import dev.headwater.event.DeadLetterHeaders;
import dev.headwater.event.RecordSize;
import java.util.HexFormat;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Turns a refused record into a dead letter: key, value and headers as they came, and headers that
 * say why, at which step, and where it came from.
 *
 * <p>Where it would not fit into the dead-letter topic, the value is left out and a header has its
 * SHA-256 instead, which the message says; so is a key of more than 1 KiB, and so are the headers
 * as they came where they would not fit either.
 *
 * @param <K> key type
 * @param <V> what was refused
 */
final class DeadLetterProcessor<K, V> extends ContextualProcessor<K, V, byte[], byte[]> {
  /** What a dead letter's own headers take at most, beside the record as it came. */
  static final int HEADER_BYTES = 64 << 10;

  private static final int LONGEST_KEY = 1 << 10;

  private final Function<V, Refusal> refusals;
  private final int largest;

  private DeadLetterProcessor(Function<V, Refusal> refusals, int largest) {
    this.refusals = refusals;
    this.largest = largest;
  }

  /**
   * Returns a processor for what a step refused.
   *
   * @param refusals takes the refusal out of a step's output
   * @param largest most bytes of key, value and headers that the dead-letter topic takes
   */
  static <K, V> DeadLetterProcessor<K, V> of(Function<V, Refusal> refusals, int largest) {
    return new DeadLetterProcessor<>(refusals, largest);
  }

  @Override
  public void process(Record<K, V> record) {
    Refusal refusal = refusals.apply(record.value());
    var origin = refusal.origin();
    boolean few = !RecordSize.hasTooManyHeaders(record.headers());
    boolean whole = few && RecordSize.of(origin.key(), origin.value(), record.headers()) <= largest;
    boolean withHeaders = few && RecordSize.of(origin.key(), null, record.headers()) <= largest;
    Headers headers = withHeaders ? new RecordHeaders(record.headers()) : new RecordHeaders();
    explain(headers, refusal, whole);
    boolean withKey = whole || length(origin.key()) <= LONGEST_KEY;
    context()
        .forward(
            new Record<>(
                withKey ? origin.key() : null,
                whole ? origin.value() : null,
                record.timestamp(),
                headers));
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static void explain(Headers headers, Refusal refusal, boolean whole) {
    DeadLetterHeaders.ADDED.forEach(headers::remove);
    var origin = refusal.origin();
    text(headers, DeadLetterHeaders.CODE, refusal.code().name());
    text(headers, DeadLetterHeaders.STEP, refusal.step());
    text(headers, DeadLetterHeaders.TOPIC, origin.topic());
    text(headers, DeadLetterHeaders.PARTITION, Integer.toString(origin.partition()));
    text(headers, DeadLetterHeaders.OFFSET, Long.toString(origin.offset()));
    if (whole) {
      text(headers, DeadLetterHeaders.MESSAGE, refusal.message());
      return;
    }
    byte[] value = origin.value() == null ? new byte[0] : origin.value();
    text(
        headers,
        DeadLetterHeaders.MESSAGE,
        "%s; the record does not fit here as it came: its %d bytes are left out, their SHA-256 is in %s"
            .formatted(refusal.message(), value.length, DeadLetterHeaders.SHA256));
    text(headers, DeadLetterHeaders.SHA256, HexFormat.of().formatHex(ContentHash.sha256(value)));
    text(headers, DeadLetterHeaders.BYTES, Integer.toString(value.length));
  }

  private static void text(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }
}
