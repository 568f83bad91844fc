package dev.headwater.stream;

import static dev.headwater.stream.TopologyFixture.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.InMemory;
import dev.headwater.event.DeadLetterHeaders;
import dev.headwater.event.LifeEvent;
import dev.headwater.event.ModelEvent;
import dev.headwater.event.ModelEvent.Kind;
import dev.headwater.event.Prediction;
import dev.headwater.snapshot.Snapshot;
import dev.headwater.snapshot.SnapshotFile;
import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands about models on the commands topic, through inference and learner. */
class ModelCommandsTest {
  @TempDir(factory = InMemory.class)
  Path directory;

  TopologyFixture topology;

  @BeforeEach
  void start() {
    topology = new TopologyFixture(directory);
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  private LifeEvent answer(String id) {
    var answers =
        topology.modelEvents().stream()
            .filter(LifeEvent.class::isInstance)
            .map(LifeEvent.class::cast)
            .filter(event -> event.command().equals(Optional.of(id)))
            .toList();
    assertThat(answers).hasSize(1);
    return answers.get(0);
  }

  private Prediction predict(String id) {
    topology.predictions();
    topology.send(id, TopologyFixture.png(Color.RED), Map.of());
    var predictions = topology.predictions();
    assertThat(predictions).hasSize(1);
    return predictions.get(0);
  }

  @Test
  void shouldPredictTheNextImageByTheVersionThatWasRolledBackTo() {
    topology.sendLabelled(100);
    long newest = topology.snapshots().stream().mapToLong(Snapshot::version).max().orElseThrow();
    assertThat(predict("before").snapshotVersion()).isEqualTo(newest);

    topology.command("default", "{\"id\":\"c\",\"command\":\"rollback\",\"version\":3}");

    assertThat(answer("c").kind()).isEqualTo(Kind.ROLLED_BACK);
    assertThat(predict("after").snapshotVersion()).isEqualTo(3);
    topology.sendLabelled(64);
    assertThat(predict("later").snapshotVersion()).isEqualTo(3);
  }

  @Test
  void shouldTellEachPromotion() {
    topology.sendLabelled(40);
    var versions = topology.snapshots().stream().map(Snapshot::version).toList();
    assertThat(topology.modelEvents())
        .allMatch(event -> event.kind() == Kind.PROMOTED)
        .extracting(event -> ((LifeEvent) event).version())
        .isEqualTo(versions);
  }

  @Test
  void shouldImportTheFirstHeadOfANewModel() {
    topology.sendLabelled(40);
    var files = topology.snapshots();
    byte[] file = SnapshotFile.write(files.get(files.size() - 1));

    topology.command(
        "moved", file, Map.of("content-type", "application/octet-stream", "ce_id", "i-1"));

    assertThat(answer("i-1").kind()).isEqualTo(Kind.IMPORTED);
    topology.predictions();
    topology.send("x", TopologyFixture.png(Color.RED), Map.of("ce_model", "moved"));
    assertThat(topology.predictions())
        .singleElement()
        .satisfies(p -> assertThat(p.snapshotVersion()).isEqualTo(1))
        .satisfies(p -> assertThat(p.predictedClass()).isPresent());
  }

  @Test
  void shouldBringNoModelIntoBeingByACommand() {
    topology.command("nobody", "{\"id\":\"c\",\"command\":\"pin\"}");
    assertThat(answer("c").message()).isEqualTo("there is no model 'nobody'");
    topology.command(
        "nobody", new byte[] {1, 2, 3}, Map.of("ce_type", "dev.headwater.snapshot.v1"));
    assertThat(topology.modelEvents())
        .extracting(ModelEvent::message)
        .allMatch(message -> message.startsWith("the import for model nobody is refused: "));
    assertThat(topology.deadLetters()).isEmpty();
    topology.sendLabelled(2);
    assertThat(topology.exists("nobody")).isFalse();
    assertThat(topology.exists("default")).isTrue();
  }

  @Test
  void shouldMakeDeadLettersOfWhatIsNoRequest() {
    topology.command("default", "no json");
    topology.command("default", "{\"command\":\"promote\"}");
    topology.command("default", "{\"command\":\"rollback\",\"verison\":3}");
    topology.command("a", "{\"command\":\"pin\",\"model\":\"b\"}");
    topology.command(null, "{\"command\":\"pin\"}");
    assertThat(topology.deadLetters())
        .extracting(letter -> header(letter, DeadLetterHeaders.STEP))
        .containsOnly("read-command")
        .hasSize(5);
    topology.command("default", "{\"command\":\"promote\"}".getBytes(UTF_8), Map.of());
    assertThat(topology.deadLetters())
        .extracting(letter -> header(letter, DeadLetterHeaders.MESSAGE))
        .isEqualTo(List.of("command promote needs 'version'"));
  }
}
