package dev.headwater.stream.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.headwater.event.ErrorCode;
import dev.headwater.event.ImageEventReader;
import dev.headwater.event.Json;
import dev.headwater.event.LabelEventReader;
import dev.headwater.event.LifeEvent;
import dev.headwater.event.ModelEvent.Kind;
import dev.headwater.event.ModelRequestReader;
import dev.headwater.event.RecordSource;
import dev.headwater.event.RejectedException;
import dev.headwater.stream.call.Intake.UndeliveredException;
import dev.headwater.topics.TopicNames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What callers send, as {@link Intake} sends it to Kafka, and the events that answer. */
class ModelRequestsTest {
  private static final TopicNames TOPICS = TopicNames.withDefaultPrefix();
  private static final TopicPartition EVENTS = new TopicPartition(TOPICS.modelEvents(), 0);
  private static final byte[] PIN = "{\"command\": \"pin\"}".getBytes(UTF_8);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("latest");
  private final ModelEventSubscriber subscriber =
      new ModelEventSubscriber(consumer, TOPICS.modelEvents());
  private Consumer<ProducerRecord<byte[], byte[]>> learner = sent -> {};
  private final Answering producer = new Answering();
  private final Intake intake = new Intake(producer, TOPICS);
  private long offset;

  /** Kafka's own fake, behind which a learner may be. */
  private final class Answering extends MockProducer<byte[], byte[]> {
    Answering() {
      super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<byte[], byte[]> sent, Callback callback) {
      var acknowledged = super.send(sent, callback);
      learner.accept(sent);
      return acknowledged;
    }
  }

  @BeforeEach
  void start() {
    consumer.updatePartitions(
        EVENTS.topic(), List.of(new PartitionInfo(EVENTS.topic(), 0, null, null, null)));
    consumer.updateEndOffsets(Map.of(EVENTS, 0L));
    subscriber.start();
  }

  @AfterEach
  void stop() {
    subscriber.close();
    assertThat(consumer.closed()).isTrue();
  }

  private ModelRequests requests(Duration patience) {
    return new ModelRequests(intake, subscriber, patience);
  }

  private void happens(String model, String command, Kind kind) {
    var event =
        new LifeEvent(
            model,
            kind,
            Optional.of(command),
            1,
            1,
            0,
            Optional.empty(),
            Optional.empty(),
            8,
            Instant.EPOCH,
            "it is so");
    happens(json(event));
  }

  private void happens(byte[] value) {
    consumer.addRecord(new ConsumerRecord<>(EVENTS.topic(), 0, offset++, new byte[0], value));
  }

  private static byte[] json(Object value) {
    try {
      return Json.MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldReturnTheEventThatNamesTheCommandAndNoOther() throws RejectedException {
    learner =
        sent -> {
          happens("other", "c-1", Kind.PINNED);
          happens("m", "c-2", Kind.PINNED);
          happens("not an event".getBytes(UTF_8));
          happens("m", "c-1", Kind.REFUSED);
        };
    var answer = requests(Duration.ofSeconds(30)).ask(RequestParser.command("m", "c-1", PIN));
    assertThat(answer.orElseThrow().kind()).isEqualTo(Kind.REFUSED);
    assertThat(answer.orElseThrow().command()).contains("c-1");
  }

  @Test
  void shouldReturnNothingWhereNoAnswerComesInTime() throws RejectedException {
    var command = RequestParser.command("m", "c-1", PIN);
    assertThat(requests(Duration.ofMillis(50)).ask(command)).isEmpty();
  }

  @Test
  void shouldSayWhereKafkaDoesNotTakeIt() throws RejectedException {
    producer.sendException = new TimeoutException("no leader");
    var command = RequestParser.command("m", "c-1", PIN);
    assertThatThrownBy(() -> requests(Duration.ofSeconds(30)).ask(command))
        .isInstanceOf(UndeliveredException.class)
        .hasMessageContaining("headwater.commands")
        .hasMessageContaining("no leader");
  }

  @Test
  void shouldSendRequestsThatReadAsTheyWereMeant() throws RejectedException {
    byte[] promote = "{\"id\": \"mine\", \"command\": \"promote\", \"version\": 3}".getBytes(UTF_8);
    for (var request :
        List.of(
            RequestParser.command("m", "c-1", PIN),
            RequestParser.command("m", "c-1", promote),
            RequestParser.snapshot("m", "c-2", new byte[] {1, 2, 3}))) {
      intake.request(request);
      var sent = last(TOPICS.commands());
      assertThat(sent.key()).asString(UTF_8).isEqualTo("m");
      assertThat(ModelRequestReader.read(sent.value(), source(sent))).isEqualTo(request);
    }
    assertThat(RequestParser.command("m", "c-1", promote).id()).isEqualTo("mine");
    assertThat(RequestParser.command("m", "c-1", PIN).id()).isEqualTo("c-1");
  }

  @Test
  void shouldSendImagesAndLabelsThatReadAsTheyWereMeant() throws RejectedException {
    var image = new Intake.Image("id-1", "m", Optional.of("night"), Optional.of("1"), "image/png");
    intake.image(image, new byte[] {'{', 2, 3});
    var sent = last(TOPICS.images());
    var read = ImageEventReader.read(sent.value(), source(sent));
    assertThat(sent.key()).asString(UTF_8).isEqualTo("id-1");
    assertThat(read.id()).isEqualTo("id-1");
    assertThat(read.model()).isEqualTo("m");
    assertThat(read.domain()).isEqualTo("night");
    assertThat(read.label()).contains("1");
    assertThat(read.image()).containsExactly('{', 2, 3);
    assertThat(intake.label("{\"imageId\": \"id-1\", \"label\": 1}".getBytes(UTF_8)))
        .isEqualTo("id-1");
    sent = last(TOPICS.labels());
    assertThat(LabelEventReader.read(sent.value(), source(sent)).label()).isEqualTo("1");
  }

  @Test
  void shouldRefuseWhatTheStreamWouldRefuseAndSendNothing() {
    assertRefused(
        () -> RequestParser.command("m", "c", "{".getBytes(UTF_8)), ErrorCode.EVENT_MALFORMED);
    assertRefused(() -> RequestParser.command("m", "c", new byte[0]), ErrorCode.EVENT_EMPTY);
    byte[] other = "{\"model\": \"x\", \"command\": \"pin\"}".getBytes(UTF_8);
    assertRefused(() -> RequestParser.command("m", "c", other), ErrorCode.EVENT_FIELD_INVALID);
    assertRefused(() -> RequestParser.snapshot("m", "c", new byte[0]), ErrorCode.EVENT_EMPTY);
    var odd = new Intake.Image("id", "m", Optional.of("a\nb"), Optional.empty(), "image/png");
    assertRefused(() -> intake.image(odd, new byte[] {1}), ErrorCode.EVENT_FIELD_INVALID);
    assertRefused(() -> intake.label("{}".getBytes(UTF_8)), ErrorCode.EVENT_WITHOUT_LABEL);
    assertThat(producer.history()).isEmpty();
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, ErrorCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(RejectedException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private ProducerRecord<byte[], byte[]> last(String topic) {
    var history = producer.history();
    var sent = history.get(history.size() - 1);
    assertThat(sent.topic()).isEqualTo(topic);
    return sent;
  }

  private static RecordSource source(ProducerRecord<byte[], byte[]> sent) {
    return new RecordSource(sent.key(), sent.headers(), "0", Instant.EPOCH);
  }
}
