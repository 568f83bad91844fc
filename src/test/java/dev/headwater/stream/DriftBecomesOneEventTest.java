package dev.headwater.stream;

import static dev.headwater.stream.TopologyFixture.png;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.InMemory;
import dev.headwater.event.DriftEvent.Detector;
import dev.headwater.event.ImageHeaders;
import dev.headwater.event.ModelEvent;
import java.awt.Color;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shift is published once, whatever finds it, and nothing is where nothing changes. */
class DriftBecomesOneEventTest {
  @TempDir(factory = InMemory.class)
  Path directory;

  TopologyFixture topology;
  private int turned;

  @BeforeEach
  void start() {
    topology = new TopologyFixture(directory);
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  /** From now on red is called negative. */
  private void sendTurned(int count) {
    for (int i = 0; i < count; i++) {
      boolean red = i % 2 == 0;
      topology.send(
          "turned-" + turned++,
          png(red ? Color.RED : Color.BLUE),
          Map.of(ImageHeaders.LABEL, red ? "0" : "1"));
    }
  }

  private void sendUnlabelled(int count, Color first, Color second) {
    for (int i = 0; i < count; i++) {
      var color = i % 2 == 0 ? first : second;
      topology.send("seen-" + color.getRGB() + "-" + i, png(color), Map.of());
    }
  }

  @Test
  void shouldPublishOneEventWhenAnswersBecomeWorseAndNoStormWhileTheModelLearnsAnew() {
    topology.sendLabelled(250);
    assertThat(topology.driftEvents()).isEmpty();

    sendTurned(100);
    var found = topology.driftEvents();
    assertThat(found).hasSize(1);
    var event = found.get(0);
    assertThat(event.model()).isEqualTo("default");
    assertThat(event.kind()).isEqualTo(ModelEvent.Kind.DRIFT);
    assertThat(event.detector().orElseThrow()).isNotEqualTo(Detector.EMBEDDINGS);
    assertThat(event.domain()).isEmpty();
    assertThat(event.before().orElseThrow()).isLessThan(0.2);
    assertThat(event.after().orElseThrow()).isGreaterThan(event.before().orElseThrow() + 0.2);
    assertThat(event.statistic()).isGreaterThan(event.threshold());
    assertThat(event.examples()).isBetween(250L, 350L);
    assertThat(event.version()).isPositive();
    assertThat(event.time()).isEqualTo(TopologyFixture.START);
    assertThat(event.message()).startsWith("answers of model default became worse: mean loss ");

    sendTurned(300);
    assertThat(topology.driftEvents()).isEmpty();
  }

  @Test
  void shouldPublishOneEventWhenImagesLookDifferentThoughNoneHasALabel() {
    sendUnlabelled(300, Color.RED, Color.BLUE);
    assertThat(topology.driftEvents()).isEmpty();

    sendUnlabelled(600, Color.GREEN, Color.ORANGE);

    var events = topology.driftEvents();
    assertThat(events).hasSize(1);
    assertThat(events.get(0).detector()).contains(Detector.EMBEDDINGS);
    assertThat(events.get(0).predictions()).isBetween(301L, 600L);
    assertThat(events.get(0).before()).isEmpty();
    assertThat(events.get(0).message())
        .startsWith("images of model default look different: the newest ");
  }
}
