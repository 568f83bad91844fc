package dev.headwater.stream.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.Eventually;
import dev.headwater.LogLines;
import dev.headwater.event.Json;
import dev.headwater.event.LifeEvent;
import dev.headwater.event.ModelEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What reaches those who listen to events, whatever is on the topic and whoever listens. */
class ModelEventSubscriberTest {
  private static final String TOPIC = "events";

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("latest");
  private final ModelEventSubscriber tail = new ModelEventSubscriber(consumer, TOPIC);
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final long[] next = new long[2];

  @BeforeEach
  void start() {
    partitions(1);
    tail.start();
    tail.listen(event -> heard.add(event.model()));
  }

  @AfterEach
  void stop() {
    tail.close();
  }

  private void partitions(int count) {
    var node = new Node(0, "localhost", 1);
    var all = new Node[] {node};
    for (int partition = 0; partition < count; partition++) {
      var place = new TopicPartition(TOPIC, partition);
      consumer.updateBeginningOffsets(Map.of(place, 0L));
      consumer.updateEndOffsets(Map.of(place, 0L));
    }
    consumer.updatePartitions(
        TOPIC,
        IntStream.range(0, count)
            .mapToObj(partition -> new PartitionInfo(TOPIC, partition, node, all, all))
            .toList());
  }

  private void send(int partition, String value) {
    consumer.schedulePollTask(
        () ->
            consumer.addRecord(
                new ConsumerRecord<>(
                    TOPIC, partition, next[partition]++, null, value.getBytes(UTF_8))));
  }

  private static String event(String model) throws Exception {
    return Json.MAPPER.writeValueAsString(
        new LifeEvent(
            model,
            ModelEvent.Kind.PINNED,
            Optional.empty(),
            1,
            1,
            0,
            Optional.empty(),
            Optional.empty(),
            0,
            Instant.EPOCH,
            "pinned"));
  }

  private void awaitHeard(String... models) {
    Eventually.get("events of " + List.of(models), () -> heard, List.of(models)::equals);
  }

  @Test
  void shouldPassOverWhatIsNoEvent() throws Exception {
    try (var lines = LogLines.of(ModelEventSubscriber.class)) {
      send(0, "null");
      send(0, "{}");
      send(0, "x");
      send(0, event("a"));
      awaitHeard("a");
      assertThat(lines.messages()).hasSize(3).allMatch(line -> line.contains("not a model event"));
    }
  }

  @Test
  void shouldTellTheOthersWhereOneListenerFails() throws Exception {
    tail.listen(
        event -> {
          throw new IllegalStateException("Already closed");
        });
    try (var lines = LogLines.of(ModelEventSubscriber.class)) {
      send(0, event("a"));
      send(0, event("b"));
      awaitHeard("a", "b");
      assertThat(lines.messages()).contains("A listener failed at an event of model a");
    }
  }

  @Test
  void shouldFollowPartitionsThatAreAdded() throws Exception {
    send(0, event("a"));
    awaitHeard("a");
    partitions(2);
    Eventually.get(
        "the added partition",
        consumer::assignment,
        found -> found.contains(new TopicPartition(TOPIC, 1)));
    send(1, event("b"));
    awaitHeard("a", "b");
  }
}
