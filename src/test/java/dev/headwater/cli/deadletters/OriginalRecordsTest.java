package dev.headwater.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.topics.TopicNames;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

class OriginalRecordsTest {
  private static final byte[] VALUE = {1, 2, 3};

  private final TopicNames topics = TopicNames.withDefaultPrefix();
  private final OriginalRecords originals =
      new OriginalRecords(topics, Set.of(new TopicPartition(topics.images(), 3)));

  private static ConsumerRecord<byte[], byte[]> letter(
      String key, byte[] value, Map<String, String> headers) {
    var letter =
        new ConsumerRecord<>(
            "headwater.dead-letters", 0, 5L, key == null ? null : key.getBytes(UTF_8), value);
    headers.forEach((name, text) -> letter.headers().add(name, text.getBytes(UTF_8)));
    return letter;
  }

  private static Map<String, String> from(String topic, int partition) {
    return Map.of("origin.topic", topic, "origin.partition", "" + partition, "origin.offset", "17");
  }

  @Test
  void shouldGoToThePartitionThatItCameFromWithItsOwnHeadersOnly() {
    var letter = letter("one", VALUE, from(topics.images(), 3));
    letter.headers().add("ce_id", "one".getBytes(UTF_8));
    letter.headers().add("error.code", "IMAGE_CORRUPT".getBytes(UTF_8));

    var original = originals.of(letter);

    assertThat(original.topic()).isEqualTo("headwater.images");
    assertThat(original.partition()).isEqualTo(3);
    assertThat(original.key()).asString(UTF_8).isEqualTo("one");
    assertThat(original.value()).isEqualTo(VALUE);
    assertThat(original.headers()).extracting(Header::key).containsExactly("ce_id");
  }

  @Test
  void shouldMarkALabelAsOlderThanAnyOther() {
    var letter = letter("one", VALUE, from(topics.labels(), 3));
    letter.headers().add("retried", "true".getBytes(UTF_8));
    assertThat(originals.of(letter).headers()).extracting(Header::key).containsExactly("retried");
  }

  @Test
  void shouldGoByItsKeyWhereTheTopicHasNoSuchPartition() {
    assertThat(originals.of(letter("one", VALUE, from(topics.images(), 4))).partition()).isNull();
  }

  @Test
  void shouldGiveAnImageWithoutKeyItsFirstPosition() {
    assertThat(originals.of(letter(null, VALUE, from(topics.images(), 3))).key())
        .asString(UTF_8)
        .isEqualTo("headwater.images-3-17");
    assertThat(originals.of(letter("", VALUE, from(topics.images(), 4))).key())
        .asString(UTF_8)
        .isEqualTo("headwater.images-4-17");
  }

  /** Its key is the image's id: a made-up one would make it the label of another image. */
  @Test
  void shouldGiveALabelNoKey() {
    assertThat(originals.of(letter(null, VALUE, from(topics.labels(), 3))).key()).isNull();
  }

  @Test
  void shouldNameTheObstacle() {
    assertThat(originals.obstacle(letter("one", VALUE, from(topics.images(), 3)))).isEmpty();
    assertThat(originals.obstacle(letter("one", VALUE, from(topics.examples(), 3))))
        .contains(Obstacle.INTERNAL);
    assertThat(originals.obstacle(letter("one", VALUE, from(topics.commands(), 3))))
        .contains(Obstacle.ORIGIN_UNKNOWN);
    assertThat(originals.obstacle(letter("one", VALUE, Map.of())))
        .contains(Obstacle.ORIGIN_UNKNOWN);
    var leftOut = letter("one", null, from(topics.labels(), 3));
    leftOut.headers().add("origin.sha256", "e3b0c4".getBytes(UTF_8));
    assertThat(originals.obstacle(leftOut)).contains(Obstacle.VALUE_LEFT_OUT);
  }
}
