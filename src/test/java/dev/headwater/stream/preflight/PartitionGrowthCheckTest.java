package dev.headwater.stream.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headwater.broker.KafkaForTests;
import dev.headwater.broker.TestBroker;
import dev.headwater.stream.runtime.Partitions;
import dev.headwater.topics.TopicNames;
import dev.headwater.topics.TopicsException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partitions that were added to a topic whose state has fewer. */
class PartitionGrowthCheckTest {
  private static final TopicNames TOPICS = new TopicNames("in.");

  @TempDir static Path directory;
  static TestBroker broker;

  /** What Kafka Streams would have made, and topics of others whose names are alike. */
  @BeforeAll
  static void startBroker() {
    broker = KafkaForTests.start(directory.resolve("broker"));
    broker.createTopic("app.inference-seen-images-changelog", 4);
    broker.createTopic("app.inference-moved-images-repartition", 4);
    broker.createTopic("app.learner-progress-changelog", 2);
    broker.createTopic("app.inference-of-the-world", 7);
    broker.createTopic("other.inference-seen-images-changelog", 9);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  private static void refuse(String applications, int images, int examples) {
    PartitionGrowthCheck.refuse(
        broker.admin(), TOPICS, applications, new Partitions(images, examples));
  }

  @Test
  void shouldLetPassWhatFitsAndWhatHasNoState() {
    assertThatCode(() -> refuse("app.", 4, 2)).doesNotThrowAnyException();
    assertThatCode(() -> refuse("new.", 8, 8)).doesNotThrowAnyException();
  }

  @Test
  void shouldSayWhatGrowingImagesCosts() {
    var refused = catchThrowableOfType(TopicsException.class, () -> refuse("app.", 8, 2));
    assertThat(refused.problems())
        .containsExactly(
            "in.images: has 8 partitions, expected as many as what is known of its images,"
                + " {app.inference-moved-images-repartition=4,"
                + " app.inference-seen-images-changelog=4}; to go on with 8, which forgets them,"
                + " stop all instances and delete the topics that begin with app.inference- and end"
                + " in -changelog or -repartition (docs/operations.md, Resize)");
  }

  @Test
  void shouldSayThatModelsDoNotMove() {
    var refused = catchThrowableOfType(TopicsException.class, () -> refuse("app.", 4, 3));
    assertThat(refused.problems())
        .containsExactly(
            "in.examples: has 3 partitions, expected as many as the models' state,"
                + " {app.learner-progress-changelog=2}; models do not follow their names to other"
                + " partitions, and a topic does not shrink: begin under another"
                + " headwater.topic-prefix (docs/operations.md, Resize)");
  }
}
