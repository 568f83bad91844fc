package dev.headwater.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headwater.event.DeadLetterHeaders;
import dev.headwater.event.ErrorCode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
 * <p>Where it would not fit into the dead-letter topic, the value is replaced by its SHA-256 in a
 * header, the other headers are left out, and so is a key of more than 1 KiB.
 *
 * @param <K> key type
 * @param <V> what was refused
 */
final class DeadLetters<K, V> extends ContextualProcessor<K, V, byte[], byte[]> {
  private static final int LONGEST_KEY = 1 << 10;

  /** Why a value was refused. */
  private record Reason(String step, ErrorCode code, String message, byte[] origin) {}

  private final Function<K, byte[]> keys;
  private final Function<V, Reason> reasons;
  private final int largest;

  private DeadLetters(Function<K, byte[]> keys, Function<V, Reason> reasons, int largest) {
    this.keys = keys;
    this.reasons = reasons;
    this.largest = largest;
  }

  /**
   * Returns a processor for what a step of the edge refused.
   *
   * @param largest most bytes of key, value and headers that the dead-letter topic takes
   */
  static <T> DeadLetters<byte[], Attempt<T>> ofAttempts(int largest) {
    return new DeadLetters<>(
        key -> key,
        attempt -> {
          var failed = (Attempt.Failed<T>) attempt;
          return new Reason(failed.step(), failed.code(), failed.message(), failed.origin());
        },
        largest);
  }

  /** Returns a processor for what the learner refused; see {@link #ofAttempts}. */
  static DeadLetters<String, LearnerOutput> ofLearner(int largest) {
    return new DeadLetters<>(
        key -> key.getBytes(UTF_8),
        output -> {
          var refused = (LearnerOutput.Refused) output;
          return new Reason("learn", refused.code(), refused.message(), refused.origin());
        },
        largest);
  }

  @Override
  public void process(Record<K, V> record) {
    Reason reason = reasons.apply(record.value());
    byte[] key = record.key() == null ? null : keys.apply(record.key());
    byte[] value = reason.origin();
    int size = length(key) + length(value) + size(record.headers());
    Headers headers = size <= largest ? new RecordHeaders(record.headers()) : new RecordHeaders();
    explain(headers, reason);
    if (size > largest) {
      text(headers, DeadLetterHeaders.SHA256, sha256(value == null ? new byte[0] : value));
      text(headers, DeadLetterHeaders.BYTES, Integer.toString(length(value)));
      value = null;
      key = length(key) > LONGEST_KEY ? null : key;
    }
    context().forward(new Record<>(key, value, record.timestamp(), headers));
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static int size(Headers headers) {
    int size = 0;
    for (var header : headers) {
      size += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return size;
  }

  private void explain(Headers headers, Reason reason) {
    text(headers, DeadLetterHeaders.CODE, reason.code().name());
    text(headers, DeadLetterHeaders.MESSAGE, reason.message());
    text(headers, DeadLetterHeaders.STEP, reason.step());
    context()
        .recordMetadata()
        .ifPresent(
            origin -> {
              text(headers, DeadLetterHeaders.TOPIC, origin.topic());
              text(headers, DeadLetterHeaders.PARTITION, Integer.toString(origin.partition()));
              text(headers, DeadLetterHeaders.OFFSET, Long.toString(origin.offset()));
            });
  }

  private static void text(Headers headers, String name, String value) {
    headers.remove(name).add(name, value.getBytes(UTF_8));
  }

  private static String sha256(byte[] value) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
