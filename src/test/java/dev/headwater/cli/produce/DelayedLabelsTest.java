package dev.headwater.cli.produce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.cli.client.CapturedConsole;
import dev.headwater.cli.client.OutgoingImage;
import dev.headwater.cli.client.ProgressDisplay;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class DelayedLabelsTest {
  private static final Path FILE = Path.of("photo/giraffe/1.png");

  private final AtomicLong clock = new AtomicLong();
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final SendTally tally = new SendTally(false, clock::get);
  private final DelayedLabels labels =
      new DelayedLabels(producer, "labels", Duration.ofNanos(1_000), tally, clock::get);
  private final ProgressDisplay progress =
      ProgressDisplay.start(new CapturedConsole().console(), "labels", 2);

  private OutgoingImage image() {
    var image = OutgoingImage.labelled("default", "photo", true, "image/png", new byte[] {1});
    assertThat(labels.withhold(image).label()).isEmpty();
    return image;
  }

  private List<String> sent() {
    return producer.history().stream().map(label -> new String(label.key(), UTF_8)).toList();
  }

  @Test
  void shouldSendEachLabelSoLongAfterItsImageWasAcknowledged() {
    var first = image();
    var second = image();
    labels.acknowledged(first, FILE);
    clock.set(600);
    labels.acknowledged(second, FILE);

    clock.set(999);
    assertThat(labels.sendDue()).isZero();
    clock.set(1_000);
    assertThat(labels.sendDue()).isEqualTo(1);
    assertThat(sent()).containsExactly(first.id());
    assertThat(labels.left()).isEqualTo(1);
    clock.set(1_600);
    assertThat(labels.sendDue()).isEqualTo(1);
    assertThat(sent()).containsExactly(first.id(), second.id());
    assertThat(tally.labelsSent()).isEqualTo(2);
  }

  @Test
  void shouldEndWhenEveryImageHasItsLabelOrWasNotSent() {
    labels.acknowledged(image(), FILE);
    var unused = image();
    labels.failed();
    clock.set(1_000);

    labels.sendAll(() -> false, progress);

    assertThat(sent()).hasSize(1);
    assertThat(labels.left()).isZero();
  }

  @Test
  void shouldKeepWhatIsNotDueWhenStopped() {
    labels.acknowledged(image(), FILE);
    var unused = image();

    labels.sendAll(() -> true, progress);

    assertThat(sent()).isEmpty();
    assertThat(labels.left()).isEqualTo(2);
  }

  @Test
  void shouldTellWhichLabelKafkaDidNotTakeAndGoOn() {
    producer.sendException = new RecordTooLargeException("too large");
    labels.acknowledged(image(), FILE);
    clock.set(1_000);

    labels.sendAll(() -> false, progress);

    assertThat(tally.labelsSent()).isZero();
    assertThat(tally.refusals())
        .containsExactly(
            new SendTally.Refusal(
                FILE.toString(), "its label was not accepted by Kafka: too large"));
    assertThat(tally.brokenBy()).isEmpty();
  }

  @Test
  void shouldGiveUpWhenKafkaHasStoppedAnswering() {
    producer.sendException = new TimeoutException("gone");
    labels.acknowledged(image(), FILE);
    clock.set(1_000);
    labels.acknowledged(image(), FILE);

    labels.sendAll(() -> false, progress);

    assertThat(tally.brokenBy()).contains("Kafka stopped responding: gone");
    assertThat(labels.left()).isEqualTo(1);
  }
}
