package dev.headwater.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.cli.HeadwaterCommand;
import dev.headwater.cli.client.CapturedConsole;
import dev.headwater.cli.client.Context;
import dev.headwater.cli.client.FakeKafka;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

class RetryCommandTest {
  private static final String DEAD_LETTERS = "headwater.dead-letters";
  private static final byte[] VALUE = {1, 2, 3};

  private final CapturedConsole console = new CapturedConsole();
  private final FakeKafka kafka = new FakeKafka();

  private int retry(String... arguments) {
    var context = new Context(console.console(), options -> kafka, Optional.empty());
    var all = Stream.concat(Stream.of("dead-letters", "--retry"), Stream.of(arguments));
    return HeadwaterCommand.commandLine(context).execute(all.toArray(String[]::new));
  }

  /** What was sent to other topics than that of the dead letters. */
  private List<ProducerRecord<byte[], byte[]>> sentAgain() {
    return kafka.sent().stream().filter(sent -> !sent.topic().equals(DEAD_LETTERS)).toList();
  }

  private List<String> keysSentAgain() {
    return sentAgain().stream().map(sent -> new String(sent.key(), UTF_8)).toList();
  }

  private static List<String> headers(ProducerRecord<byte[], byte[]> sent) {
    return StreamSupport.stream(sent.headers().spliterator(), false).map(Header::key).toList();
  }

  @Test
  void shouldSendALetterAsItCameAndThenANote() {
    kafka.letter("one", VALUE, Map.of("ce_id", "one", "retried.offset", "9"));

    assertThat(retry()).isZero();

    assertThat(kafka.sent()).hasSize(2);
    var original = kafka.sent().get(0);
    assertThat(original.topic()).isEqualTo("headwater.images");
    assertThat(original.partition()).isZero();
    assertThat(original.key()).asString(UTF_8).isEqualTo("one");
    assertThat(original.value()).isEqualTo(VALUE);
    assertThat(headers(original)).containsExactly("ce_id");
    var note = kafka.sent().get(1);
    assertThat(note.topic()).isEqualTo(DEAD_LETTERS);
    assertThat(note.key()).asString(UTF_8).isEqualTo("one");
    assertThat(note.value()).isNull();
    assertThat(headers(note)).containsExactly("retried.partition", "retried.offset");
    assertThat(console.out())
        .isEqualTo(
            "1 retried.\n  1 to headwater.images\n0 already retried before.\n0 not retriable.\n");
  }

  @Test
  void shouldSendEachOnceHoweverOftenItIsRun() {
    kafka.letter("one", VALUE, Map.of());
    retry("--json");
    kafka.letter("two", VALUE, Map.of("origin.topic", "headwater.labels"));

    assertThat(retry("--json")).isZero();
    assertThat(retry("--json")).isZero();

    assertThat(keysSentAgain()).containsExactly("one", "two");
    assertThat(sentAgain())
        .extracting(ProducerRecord::topic)
        .containsExactly("headwater.images", "headwater.labels");
    assertThat(console.out().lines())
        .containsExactly(
            "{\"retried\":1,\"alreadyRetried\":0,\"notRetriable\":{},\"failed\":0}",
            "{\"retried\":1,\"alreadyRetried\":1,\"notRetriable\":{},\"failed\":0}",
            "{\"retried\":0,\"alreadyRetried\":2,\"notRetriable\":{},\"failed\":0}");
  }

  @Test
  void shouldSendNothingToTopicsThatAHeaderMakesUp() {
    for (var topic :
        List.of("headwater.serving", "other.images", "headwater.images ", "", DEAD_LETTERS)) {
      kafka.letter("one", VALUE, Map.of("origin.topic", topic));
    }
    kafka.letter("two", VALUE, Map.of("origin.topic", "headwater.examples"));
    kafka.letter("three", null, Map.of("origin.sha256", "e3b0c4"));
    kafka.add(DEAD_LETTERS, "four", VALUE, Map.of());

    assertThat(retry()).isZero();

    assertThat(sentAgain()).isEmpty();
    assertThat(console.out())
        .contains("0 retried.", "8 not retriable.")
        .contains("  6: the origin is not the images or the labels topic of this prefix")
        .contains("  1: refused on the internal topic of examples")
        .contains("  1: the value was left out, since it was too large: send the file again");
  }

  @Test
  void shouldTakeThePartitionFromTheHeaderOnlyIfTheTopicHasIt() {
    for (var partition : List.of("0", "1", "-1", "2147483648", "x", "4294967296")) {
      kafka.letter("one", VALUE, Map.of("origin.partition", partition));
    }

    retry();

    assertThat(sentAgain())
        .extracting(ProducerRecord::partition)
        .containsExactly(0, null, null, null, null, null);
  }

  @Test
  void shouldRetryOnlyThoseOfACodeAndAsManyAsAsked() {
    kafka.letter("one", VALUE, Map.of());
    for (var key : List.of("two", "three", "four")) {
      kafka.letter(key, VALUE, Map.of("error.code", "MODEL_UNKNOWN"));
    }

    assertThat(retry("--code", "MODEL_UNKNOWN", "--max", "2")).isZero();

    assertThat(keysSentAgain()).containsExactly("two", "three");
  }

  /** By which the service called it the first time; another position would be another image. */
  @Test
  void shouldKeyAnImageWithoutKeyByThePositionThatItHad() {
    kafka.letter(null, VALUE, Map.of("origin.partition", "3"));
    kafka.letter("", VALUE, Map.of());
    kafka.letter(null, VALUE, Map.of("origin.topic", "headwater.labels"));
    kafka.letter(null, VALUE, Map.of("origin.offset", "-1"));

    assertThat(retry()).isZero();

    assertThat(sentAgain())
        .extracting(sent -> sent.key() == null ? null : new String(sent.key(), UTF_8))
        .containsExactly("headwater.images-3-17", "headwater.images-0-17", null, null);
  }

  @Test
  void shouldNotLetOneLetterHoldUpTheOthers() {
    for (var key : List.of("one", "two", "three")) {
      kafka.letter(key, key.getBytes(UTF_8), Map.of());
    }
    kafka.refusing(
        sent -> sent.value() != null && sent.value()[0] == 't' && sent.value()[1] == 'w');

    assertThat(retry()).isEqualTo(1);

    assertThat(keysSentAgain()).containsExactly("one", "three");
    assertThat(console.out()).contains("2 retried.", "1 not taken by Kafka.");
    assertThat(console.err())
        .contains("did not take dead letter headwater.dead-letters-0-1: too large for the topic");
  }

  /** Else what is refused again would be sent again for ever. */
  @Test
  void shouldLeaveWhatIsRefusedMeanwhileToTheNextRun() {
    kafka.letter("one", VALUE, Map.of());
    kafka.answering((service, image) -> service.letter("again", VALUE, Map.of()));

    assertThat(retry()).isZero();
    assertThat(keysSentAgain()).containsExactly("one");
    assertThat(retry()).isZero();

    assertThat(keysSentAgain()).containsExactly("one", "again");
  }

  @Test
  void shouldStopWhereKafkaIsGone() {
    kafka.letter("one", VALUE, Map.of());
    kafka.failing(new TimeoutException("no broker"));

    assertThat(retry()).isEqualTo(1);

    assertThat(console.out()).isEmpty();
    assertThat(console.err())
        .contains("Kafka stopped the retry after 0 letters: no broker; run it again");
  }
}
