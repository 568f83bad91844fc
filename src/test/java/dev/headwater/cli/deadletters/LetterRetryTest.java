package dev.headwater.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.Eventually;
import dev.headwater.broker.KafkaForTests;
import dev.headwater.broker.TestBroker;
import dev.headwater.cli.HeadwaterCommand;
import dev.headwater.cli.client.BrokerClients;
import dev.headwater.cli.client.CapturedConsole;
import dev.headwater.cli.client.Context;
import dev.headwater.cli.client.KafkaOptions;
import dev.headwater.cli.client.LetterPosition;
import dev.headwater.cli.client.RetryNote;
import dev.headwater.topics.TopicNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A dead letter is sent again once however often it is run, on a real broker. */
class LetterRetryTest {
  private static final int LARGEST = 24 << 20;

  @TempDir static Path dir;
  static TestBroker broker;

  private final CapturedConsole console = new CapturedConsole();
  private TopicNames topics;
  private KafkaOptions options;
  private Producer<byte[], byte[]> service;

  @BeforeAll
  static void start() {
    broker = KafkaForTests.start(dir);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  /** A prefix of its own for each test. */
  @BeforeEach
  void createTopics(TestInfo test) {
    topics = new TopicNames(test.getTestMethod().orElseThrow().getName() + ".");
    options = new KafkaOptions(broker.bootstrapServers(), topics.prefix(), Optional.empty());
    var large = Map.of("max.message.bytes", Integer.toString(LARGEST));
    for (var topic : List.of(topics.images(), topics.labels(), topics.deadLetters())) {
      broker.createTopic(new NewTopic(topic, 2, (short) 1).configs(large));
    }
    service = broker.producer(Map.of());
  }

  @AfterEach
  void close() {
    service.close();
  }

  private int retry() {
    var clients = BrokerClients.of(options);
    var context = new Context(console.console(), given -> clients, Optional.empty());
    return HeadwaterCommand.commandLine(context)
        .execute("dead-letters", "--retry", "--json", "--topic-prefix", topics.prefix());
  }

  private LetterPosition letter(String key, int partition, byte[] value) {
    var refused = new ProducerRecord<>(topics.deadLetters(), partition, key.getBytes(UTF_8), value);
    refused.headers().add("ce_id", key.getBytes(UTF_8));
    refused.headers().add("error.code", "IMAGE_CORRUPT".getBytes(UTF_8));
    refused.headers().add("origin.topic", topics.images().getBytes(UTF_8));
    refused.headers().add("origin.partition", "1".getBytes(UTF_8));
    var written = Eventually.done(service.send(refused));
    return new LetterPosition(written.partition(), written.offset());
  }

  private List<String> images() {
    return broker.readAll(topics.images()).stream()
        .map(image -> new String(image.key(), UTF_8))
        .toList();
  }

  private List<LetterPosition> notes() {
    return broker.readAll(topics.deadLetters()).stream()
        .filter(RetryNote::isNote)
        .map(note -> RetryNote.read(note).orElseThrow().letter())
        .toList();
  }

  @Test
  void shouldSendEachOnceWhenRunTwice() {
    var one = letter("one", 0, new byte[] {1});
    var two = letter("two", 1, new byte[] {2});
    assertThat(retry()).isZero();
    var three = letter("three", 0, new byte[] {3});

    assertThat(retry()).isZero();
    assertThat(retry()).isZero();

    assertThat(images()).containsExactlyInAnyOrder("one", "two", "three");
    assertThat(notes()).containsExactlyInAnyOrder(one, two, three);
    assertThat(console.out().lines())
        .containsExactly(
            "{\"retried\":2,\"alreadyRetried\":0,\"notRetriable\":{},\"failed\":0}",
            "{\"retried\":1,\"alreadyRetried\":2,\"notRetriable\":{},\"failed\":0}",
            "{\"retried\":0,\"alreadyRetried\":3,\"notRetriable\":{},\"failed\":0}");
    ConsumerRecord<byte[], byte[]> image = broker.readAll(topics.images()).get(0);
    assertThat(image.partition()).isEqualTo(1);
    assertThat(image.headers()).extracting(Header::key).containsExactly("ce_id");
  }

  @Test
  void shouldSendLettersAsLargeAsTheTopicTakes() {
    var value = new byte[LARGEST - 1_000];
    value[value.length - 1] = 7;
    for (var key : List.of("one", "two", "three", "four")) {
      letter(key, key.length() % 2, value);
    }

    assertThat(retry()).as(console.err()).isZero();

    assertThat(images()).containsExactlyInAnyOrder("one", "two", "three", "four");
    assertThat(broker.readAll(topics.images()).get(3).value()).isEqualTo(value);
  }
}
