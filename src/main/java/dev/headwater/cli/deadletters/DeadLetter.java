package dev.headwater.cli.deadletters;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.headwater.cli.client.LetterPosition;
import dev.headwater.cli.client.SafeText;
import dev.headwater.event.DeadLetterHeaders;
import dev.headwater.event.ErrorCode;
import dev.headwater.event.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A dead letter as printed, as in {@code schemas/dead-letter.v1.schema.json}.
 *
 * <p>Texts have at most {@value #LONGEST} characters. What is missing or not a number is empty: the
 * headers are untrusted.
 *
 * @param time when it became a dead letter
 * @param key as it came, read as UTF-8
 * @param code why it was refused
 * @param message what was found, what was expected
 * @param step where it was refused
 * @param topic where it came from
 * @param partition where it came from
 * @param offset where it came from
 * @param bytes of the value as it came
 * @param sha256 of the value, if that was left out
 * @param retried whether it was sent again
 * @param deadLetter where it lies
 */
record DeadLetter(
    Instant time,
    Optional<String> key,
    Optional<String> code,
    Optional<String> message,
    Optional<String> step,
    Optional<String> topic,
    Optional<Integer> partition,
    Optional<Long> offset,
    long bytes,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> sha256,
    boolean retried,
    LetterPosition deadLetter) {
  static final int LONGEST = 1_000;

  /** The last instant that RFC 3339 can write. */
  private static final long LAST_MILLIS = 253_402_300_799_999L;

  static DeadLetter of(ConsumerRecord<byte[], byte[]> found, boolean retried) {
    return new DeadLetter(
        Instant.ofEpochMilli(Math.max(0, Math.min(found.timestamp(), LAST_MILLIS))),
        Optional.ofNullable(found.key()).map(key -> SafeText.decoded(key, LONGEST)),
        header(found, DeadLetterHeaders.CODE),
        header(found, DeadLetterHeaders.MESSAGE),
        header(found, DeadLetterHeaders.STEP),
        header(found, DeadLetterHeaders.TOPIC),
        originPartition(found),
        number(found, DeadLetterHeaders.OFFSET),
        bytes(found),
        isLeftOut(found) ? header(found, DeadLetterHeaders.SHA256) : Optional.empty(),
        retried,
        position(found));
  }

  static LetterPosition position(ConsumerRecord<byte[], byte[]> found) {
    return new LetterPosition(found.partition(), found.offset());
  }

  /** Whether the value was too large to come along. */
  static boolean isLeftOut(ConsumerRecord<byte[], byte[]> found) {
    return found.value() == null && found.headers().lastHeader(DeadLetterHeaders.SHA256) != null;
  }

  /** The code, if this build knows it. */
  static Optional<ErrorCode> code(ConsumerRecord<byte[], byte[]> found) {
    return header(found, DeadLetterHeaders.CODE)
        .flatMap(
            name ->
                Arrays.stream(ErrorCode.values())
                    .filter(code -> code.name().equals(name))
                    .findFirst());
  }

  /** A header's text; empty if it is missing or has no value. */
  static Optional<String> header(ConsumerRecord<byte[], byte[]> found, String name) {
    return Optional.ofNullable(found.headers().lastHeader(name))
        .flatMap(header -> Optional.ofNullable(header.value()))
        .map(value -> SafeText.decoded(value, LONGEST));
  }

  /** A header's number; empty if it is none, or below zero. */
  static Optional<Long> number(ConsumerRecord<byte[], byte[]> found, String name) {
    return header(found, name).filter(text -> text.matches("[0-9]{1,18}")).map(Long::parseLong);
  }

  /** The partition that a letter came from; empty if it names none. */
  static Optional<Integer> originPartition(ConsumerRecord<byte[], byte[]> found) {
    return number(found, DeadLetterHeaders.PARTITION)
        .filter(partition -> partition <= Integer.MAX_VALUE)
        .map(Long::intValue);
  }

  private static long bytes(ConsumerRecord<byte[], byte[]> found) {
    if (isLeftOut(found)) {
      return number(found, DeadLetterHeaders.BYTES).orElse(0L);
    }
    return found.value() == null ? 0 : found.value().length;
  }

  /** One JSON object in one line that a terminal can show. */
  String json() {
    return SafeText.printableJson(Json.text(this));
  }
}
