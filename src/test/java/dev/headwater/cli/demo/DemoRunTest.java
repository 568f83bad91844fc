package dev.headwater.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.cli.client.CapturedConsole;
import dev.headwater.cli.client.FakeKafka;
import dev.headwater.event.ImageHeaders;
import dev.headwater.event.Json;
import dev.headwater.event.ModelStatus;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.event.Spans;
import dev.headwater.topics.TopicNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class DemoRunTest {
  private static final List<EmojiIcon> ICONS =
      List.of(
          new EmojiIcon("taco", "food", "<g/>", "0 0 32 32"),
          new EmojiIcon("cat", "animal", "<g/>", "0 0 32 32"));

  private final CapturedConsole console = new CapturedConsole();

  private DemoRun run(int images, int inFlight) {
    return new DemoRun(
        console.console(),
        new DemoRun.Settings("default", inFlight),
        EmojiSet.domain("noto", ICONS, images, new Random(1)),
        () -> false);
  }

  private static String text(ProducerRecord<byte[], byte[]> image, String header) {
    return new String(image.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
  }

  @Test
  void shouldScorePredictionsOfTrainedHeadsAgainstTheTruth() {
    var count = new AtomicLong();
    var kafka =
        new FakeKafka()
            .answering(
                (service, image) -> {
                  long number = count.getAndIncrement();
                  boolean food = text(image, ImageHeaders.LABEL).equals("1");
                  // Untrained for ten, then wrong for ten, then right.
                  double probability = number < 20 ? (food ? 0.1 : 0.9) : (food ? 0.9 : 0.1);
                  service.predict(
                      text(image, ImageHeaders.ID), "default", probability, number < 10 ? 0 : 3);
                });

    var score = run(40, 8).run(kafka, new TopicNames("headwater."));

    assertThat(kafka.sent()).hasSize(40);
    assertThat(score.answered()).isEqualTo(40);
    assertThat(score.version()).isEqualTo(3);
    assertThat(score.overall().images()).isEqualTo(40);
    assertThat(score.overall().accuracy()).contains(20.0 / 30);
    assertThat(score.recentAccuracy()).contains(20.0 / 30);
    assertThat(console.err()).contains("noto  40/40").contains("0.667").contains("snapshot 3");
  }

  @Test
  void shouldCountWhatTheServiceRefused() {
    var kafka =
        new FakeKafka()
            .answering(
                (service, image) ->
                    service.refuse(text(image, ImageHeaders.ID), "MODEL_UNKNOWN", "no model"));

    var score = run(3, 64).run(kafka, new TopicNames("headwater."));

    assertThat(score.refusals()).isEqualTo(3);
    assertThat(console.err()).contains("the service refused an image: MODEL_UNKNOWN: no model");
  }

  @Test
  void shouldPrintServedAndPrequentialAccuracyByDomain() throws IOException {
    var kafka =
        new FakeKafka()
            .answering(
                (service, image) ->
                    service.predict(text(image, ImageHeaders.ID), "default", 0.9, 1));
    var score = run(20, 4).run(kafka, new TopicNames("headwater."));
    var status =
        new ModelStatus(
            "default",
            2,
            20,
            20,
            0,
            0,
            Optional.of(0.75),
            Optional.of(0.75),
            200,
            Optional.of(0.5),
            20,
            Spans.NONE,
            Spans.NONE,
            Map.of(),
            Map.of("noto", new ModelStatus.Share(20, Optional.of(0.8), Spans.NONE)),
            List.of("animal", "food"),
            "abc",
            true,
            1,
            false,
            PromotionPolicy.CONTINUOUS);
    var report = new DemoReport(console.console(), 20);

    report.print(score, Optional.of(status), 10);

    var lines = console.out().lines().toList();
    assertThat(lines.get(0)).startsWith("domain").endsWith("prequential");
    assertThat(lines.get(1)).startsWith("noto").contains("20", "0.500").endsWith("0.800");
    assertThat(lines.get(2)).startsWith("all").endsWith("0.750");
    assertThat(lines.get(3)).isEqualTo("20 images in 10.0 s (2.0/s), snapshot 1, 0 refused.");
    assertThat(console.out()).contains("REDUCED QUALITY");
  }

  @Test
  void shouldPrintTheSameAsOneJsonValue() throws IOException {
    var kafka =
        new FakeKafka()
            .answering(
                (service, image) ->
                    service.predict(text(image, ImageHeaders.ID), "default", 0.9, 1));
    var score = run(20, 4).run(kafka, new TopicNames("headwater."));

    new DemoReport(console.console(), 20).printJson(score, Optional.empty(), 10);

    assertThat(console.out().lines()).hasSize(1);
    var json = Json.MAPPER.readTree(console.out());
    assertThat(json.path("domains").path("noto").path("servedAccuracy").asDouble()).isEqualTo(0.5);
    assertThat(json.path("accuracy").isNull()).isTrue();
  }
}
