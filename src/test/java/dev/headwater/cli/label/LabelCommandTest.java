package dev.headwater.cli.label;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.cli.HeadwaterCommand;
import dev.headwater.cli.client.CapturedConsole;
import dev.headwater.cli.client.Context;
import dev.headwater.cli.client.FakeKafka;
import dev.headwater.event.LabelEvent;
import dev.headwater.event.LabelEventReader;
import dev.headwater.event.RecordSource;
import dev.headwater.event.RejectedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelCommandTest {
  @TempDir private Path dir;
  private final CapturedConsole console = new CapturedConsole();
  private FakeKafka kafka = new FakeKafka();
  private byte[] in = new byte[0];

  private int label(String... arguments) {
    var context =
        new Context(
            console.console(), new ByteArrayInputStream(in), options -> kafka, Optional.empty());
    var all = Stream.concat(Stream.of("label"), Stream.of(arguments));
    return HeadwaterCommand.commandLine(context).execute(all.toArray(String[]::new));
  }

  private String file(String lines) throws IOException {
    return Files.writeString(dir.resolve("labels.csv"), lines).toString();
  }

  private List<String> sent() {
    return kafka.sent().stream()
        .map(LabelCommandTest::read)
        .map(event -> event.imageId() + " is " + event.label())
        .toList();
  }

  private static LabelEvent read(ProducerRecord<byte[], byte[]> sent) {
    assertThat(sent.topic()).isEqualTo("headwater.labels");
    var source = new RecordSource(sent.key(), sent.headers(), "t-0-0", Instant.EPOCH);
    try {
      var event = LabelEventReader.read(sent.value(), source);
      assertThat(sent.key()).asString(UTF_8).isEqualTo(event.imageId());
      return event;
    } catch (RejectedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldSendOneLabel() {
    assertThat(label("cam-1-0042", "giraffe")).isZero();

    assertThat(sent()).containsExactly("cam-1-0042 is giraffe");
    assertThat(console.out()).isEqualTo("Sent 1 label to headwater.labels.\n");
    assertThat(console.err()).isEmpty();
  }

  @Test
  void shouldSendTheLabelsOfAFileInTheirOrder() throws IOException {
    var lines = "\uFEFFa,1\n\nb\tcats, dogs\r\n d , true \nc,4\t0";

    assertThat(label("--json", "--file", file(lines))).isZero();

    assertThat(sent()).containsExactly("a is 1", "b is cats, dogs", "d is true", "c,4 is 0");
    assertThat(console.out()).isEqualTo("{\"sent\":4,\"topic\":\"headwater.labels\"}\n");
  }

  @Test
  void shouldSendTheLabelsOnStandardInput() {
    in = "a,1\nb,0\n".getBytes(UTF_8);

    assertThat(label("--file", "-")).isZero();

    assertThat(sent()).containsExactly("a is 1", "b is 0");
  }

  @Test
  void shouldSendNothingWhenALineIsWrongAndSayWhich() throws IOException {
    var lines = "a,1\nb\nc,d,1\n,1\ne,\u0007\nf\tg\th\n";

    assertThat(label("--file", file(lines))).isEqualTo(1);

    assertThat(kafka.sent()).isEmpty();
    assertThat(console.out()).isEmpty();
    assertThat(console.err())
        .contains("line 2 has neither a tab nor a comma, expected IMAGE_ID")
        .contains("line 3 has more than one comma and no tab")
        .contains("line 4: image id is ''")
        .contains("line 5: label is '?'")
        .contains("line 6 has more than one tab")
        .contains("5 of 6 lines in " + dir.resolve("labels.csv") + " are wrong; nothing was sent");
  }

  @Test
  void shouldRefuseBytesThatAreNoText() {
    in = new byte[] {'a', ',', (byte) 0xff, '\n'};

    assertThat(label("--file", "-")).isEqualTo(1);

    assertThat(console.err()).contains("line 1: label is", "1 of 1 lines in standard input");
  }

  @Test
  void shouldTakeAWrongCommandLineForAUsageError() throws IOException {
    assertThat(label()).isEqualTo(2);
    assertThat(label("a")).isEqualTo(2);
    assertThat(label("a", "1", "2")).isEqualTo(2);
    assertThat(label("a", "1", "--file", file("b,1"))).isEqualTo(2);
    assertThat(label("a", " ")).isEqualTo(2);
    assertThat(label("a\nb", "1")).isEqualTo(2);
    assertThat(console.err())
        .contains("expected IMAGE_ID and CLASS, or --file FILE; found neither")
        .contains("found only 'a'")
        .contains("label is ' ' (1 characters)")
        .contains("image id is 'a?b'");
    assertThat(kafka.sent()).isEmpty();
  }

  @Test
  void shouldSayThatThereIsNoFile() {
    assertThat(label("--file", dir.resolve("none").toString())).isEqualTo(1);
    assertThat(console.err()).contains("cannot read the labels in ", "NoSuchFile");
  }

  @Test
  void shouldSayWhichTopicIsMissing() {
    kafka = new FakeKafka("headwater.labels");

    assertThat(label("a", "1")).isEqualTo(1);
    assertThat(console.err()).isEqualTo("headwater: no topic headwater.labels\n");
  }

  @Test
  void shouldFailWhenKafkaDoesNotTakeALabel() throws IOException {
    kafka.failing(new TimeoutException("gone"));

    assertThat(label("--json", "--file", file("a,1\nb,0\n"))).isEqualTo(1);

    assertThat(console.out()).isEqualTo("{\"sent\":0,\"topic\":\"headwater.labels\"}\n");
    assertThat(console.err())
        .contains("Kafka did not take a label: gone")
        .contains("2 of 2 labels were not sent");
  }
}
