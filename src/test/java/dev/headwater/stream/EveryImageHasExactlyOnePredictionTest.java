package dev.headwater.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.broker.KafkaForTests;
import dev.headwater.broker.TestBroker;
import dev.headwater.event.ModelStatus;
import dev.headwater.event.Prediction;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No image is lost, and none is predicted or learnt twice. */
class EveryImageHasExactlyOnePredictionTest {
  private static final int IMAGES = 500;

  @TempDir static Path directory;
  static TestBroker broker;

  @BeforeAll
  static void startBroker() {
    broker = KafkaForTests.start(directory.resolve("broker"));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void shouldPredictAndLearnEachImageOfAllPartitionsOnce() {
    try (var running = new RunningAdaptation(broker, "steady.", directory.resolve("steady"))) {
      running.send(TestImage.labelled("image", IMAGES));
      assertExactlyOnce(running, running.awaitExamples(IMAGES));
    }
  }

  @Test
  void shouldNeitherLoseNorDoubleAnImageWhenItStopsHalfway() {
    Path state = directory.resolve("halfway");
    try (var running = new RunningAdaptation(broker, "halfway.", state)) {
      running.send(TestImage.labelled("image", IMAGES));
      running.awaitExamples(50);
      running.restart(state);
      assertExactlyOnce(running, running.awaitExamples(IMAGES));
    }
  }

  private static void assertExactlyOnce(RunningAdaptation running, ModelStatus model) {
    assertThat(model.examples()).isEqualTo(IMAGES);
    assertThat(model.predictions()).isEqualTo(IMAGES);
    Stream<String> sent = TestImage.labelled("image", IMAGES).map(TestImage::id);
    assertThat(running.predictions())
        .extracting(Prediction::imageId)
        .containsExactlyInAnyOrderElementsOf(sent.toList());
    assertThat(running.records(running.topics().deadLetters())).isEmpty();
    assertThat(running.records(running.topics().images()))
        .extracting(found -> found.partition())
        .contains(0, 1, 2, 3);
  }
}
