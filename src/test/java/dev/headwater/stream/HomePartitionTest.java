package dev.headwater.stream;

import static dev.headwater.stream.TopologyFixture.header;
import static dev.headwater.stream.TopologyFixture.png;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.InMemory;
import dev.headwater.event.DeadLetterHeaders;
import dev.headwater.event.ImageHeaders;
import dev.headwater.event.Prediction;
import dev.headwater.learner.model.ModelCatalog;
import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wherever a producer sends it, an image is taken where its id is at home, and as it came. */
class HomePartitionTest {
  private static final HomePartition FOUR = new HomePartition(4);

  @TempDir(factory = InMemory.class)
  Path directory;

  @Test
  void shouldBeWhereTheJavaProducerPutsAKey() {
    for (int n = 0; n < 1_000; n++) {
      String id = "cam-" + n + "-ü";
      assertThat(FOUR.of(id)).isEqualTo(BuiltInPartitioner.partitionForKey(id.getBytes(UTF_8), 4));
    }
    assertThatThrownBy(() -> new HomePartition(0)).isInstanceOf(IllegalArgumentException.class);
  }

  private TopologyFixture topology() {
    return new TopologyFixture(
        directory, new FakeBackbone(), new ModelCatalog(List.of(), true, 3), 4);
  }

  /** The test driver sends everything to partition 0. */
  private static String idElsewhere() {
    int n = 0;
    while (FOUR.of("image-" + n) == 0) {
      n++;
    }
    return "image-" + n;
  }

  @Test
  void shouldPredictAndLearnAnImageThatWasMoved() {
    try (var topology = topology()) {
      topology.send(idElsewhere(), png(Color.RED), Map.of(ImageHeaders.LABEL, "1"));
      topology.label(idElsewhere(), "0");
      assertThat(topology.predictions())
          .extracting(Prediction::imageId)
          .containsExactly(idElsewhere());
      assertThat(topology.count("default", "examples")).isEqualTo(1);
      assertThat(topology.count("default", "corrections")).isEqualTo(1);
    }
  }

  @Test
  void shouldKeepAPositionAsTheIdOfAnImageThatWasMoved() {
    try (var topology = topology()) {
      for (int n = 0; n < 8; n++) {
        topology.sendBare(null, png(Color.RED));
      }
      assertThat(topology.predictions())
          .extracting(Prediction::imageId)
          .containsExactlyInAnyOrder(
              "headwater.images-0-0",
              "headwater.images-0-1",
              "headwater.images-0-2",
              "headwater.images-0-3",
              "headwater.images-0-4",
              "headwater.images-0-5",
              "headwater.images-0-6",
              "headwater.images-0-7");
    }
  }

  @Test
  void shouldRefuseAMovedRecordAsItCame() {
    try (var topology = topology()) {
      topology.send(idElsewhere(), "hello".getBytes(UTF_8), Map.of("trace", "t1"));
      topology.sendBare(null, "hello".getBytes(UTF_8));
      assertThat(topology.deadLetters())
          .hasSize(2)
          .allSatisfy(
              letter -> {
                assertThat(letter.value()).asString(UTF_8).isEqualTo("hello");
                assertThat(header(letter, DeadLetterHeaders.TOPIC)).isEqualTo("headwater.images");
                assertThat(letter.headers().toArray())
                    .extracting(h -> h.key())
                    .noneMatch(name -> name.startsWith("headwater."));
              })
          .anySatisfy(letter -> assertThat(header(letter, "trace")).isEqualTo("t1"))
          .anySatisfy(letter -> assertThat(letter.key()).isNull());
    }
  }

  @Test
  void shouldRefuseAKeyThatWouldNotBearToBeMoved() {
    try (var topology = topology()) {
      topology.sendBare("k".repeat(5_000), "{\"id\": \"a\", \"image\": \"AAAA\"}".getBytes(UTF_8));
      assertThat(topology.deadLetters())
          .singleElement()
          .satisfies(
              letter ->
                  assertThat(header(letter, DeadLetterHeaders.MESSAGE))
                      .contains("key of 5000 bytes, expected at most 4096"));
    }
  }

  @Test
  void shouldNotBelieveAProducersHeaderOfAMove() {
    try (var topology = topology()) {
      var forged = Map.of("headwater.moved-from", "junk");
      topology.send(idElsewhere(), png(Color.RED), forged);
      topology.send("image-at-home-" + atHome(), png(Color.RED), forged);
      assertThat(topology.predictions()).hasSize(2);
      assertThat(topology.deadLetters()).isEmpty();
    }
  }

  @Test
  void shouldRefuseWhatSomebodyElseWritesAmongMovedRecords() {
    try (var topology = topology()) {
      topology.sendMoved("a", png(Color.RED), Map.of());
      topology.sendMoved("b", png(Color.RED), Map.of("headwater.moved-from", "junk"));
      topology.sendMoved("c", null, Map.of("headwater.moved-from", "\u00ff\u00ff\u00ff\u00ff"));
      assertThat(topology.deadLetters())
          .hasSize(3)
          .allSatisfy(
              l -> assertThat(header(l, DeadLetterHeaders.CODE)).isEqualTo("EVENT_MALFORMED"));
      topology.send(idElsewhere(), png(Color.RED), Map.of());
      assertThat(topology.predictions()).hasSize(1);
    }
  }

  private static int atHome() {
    int n = 0;
    while (FOUR.of("image-at-home-" + n) != 0) {
      n++;
    }
    return n;
  }
}
