package dev.headwater;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.headwater.backbone.RandomWeightsFile;
import dev.headwater.broker.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application on the data of one Kafka cluster, sent to another and back. */
@EnabledIfSystemProperty(named = "faults.long", matches = "true")
class OtherClusterIT {
  private static final int FIRST = 24;
  private static final int SECOND = 10;

  @TempDir static Path directory;

  @Test
  void shouldKnowOfEachClusterWhatWasLearntThere() throws Exception {
    assumeTrue(HeadwaterProcess.isPackaged(), "needs the packaged application: mvn package");
    var images = RealFiles.drawnImages(directory);
    try (var one = TestBroker.start(directory.resolve("one"));
        var other = TestBroker.start(directory.resolve("other"))) {
      learn(one, images, FIRST, 0);
      learn(other, images, SECOND, 0);
      learn(one, images, 0, FIRST);
    }
  }

  /** Starts on the same data directory, looks what is known, and sends some images. */
  private static void learn(TestBroker broker, Path images, int count, int known) throws Exception {
    var kafka = Map.of("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
    var weights = RandomWeightsFile.option(directory);
    try (var service = ServiceUnderTest.start(directory, weights, kafka)) {
      var models = new HttpCaller(service).get("/api/models").json();
      assertThat(models).as("%s", models).hasSize(known == 0 ? 0 : 1);
      if (count > 0) {
        var sent = service.run("produce", images.toString(), "--limit", "" + count);
        assertThat(sent.exitCode()).as("%s", sent.err()).isZero();
      }
      service.awaitModel("default", model -> model.get("examples").asInt() == known + count);
      assertThat(service.terminate(Duration.ofSeconds(60)).exitCode()).isEqualTo(143);
    }
  }
}
