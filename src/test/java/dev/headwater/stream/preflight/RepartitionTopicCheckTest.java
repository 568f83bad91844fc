package dev.headwater.stream.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headwater.broker.KafkaForTests;
import dev.headwater.broker.TestBroker;
import dev.headwater.stream.RunningAdaptation;
import dev.headwater.stream.runtime.TestSettings;
import dev.headwater.topics.TopicsException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Larger images than Kafka Streams knew of when it made its topics. */
class RepartitionTopicCheckTest {
  private static final int CREATED_WITH = 2 * RunningAdaptation.LARGEST_IMAGE;
  private static final int RAISED = CREATED_WITH + 1;
  private static final String TOPIC = "grow.inference-moved-images-repartition";

  @TempDir Path directory;

  @Test
  void shouldSayHowToLetItTakeLargerRecords() {
    try (var broker = KafkaForTests.start(directory.resolve("broker"))) {
      assertThat(verify(broker, RAISED)).as("before there are any").isEmpty();
      new RunningAdaptation(broker, "grow.", directory.resolve("state")).close();
      assertThat(verify(broker, CREATED_WITH)).isEmpty();
      var refused = catchThrowableOfType(TopicsException.class, () -> verify(broker, RAISED));
      assertThat(refused.problems())
          .containsExactly(
              ("%1$s: max.message.bytes is %2$d, expected at least %3$d:"
                      + " kafka-configs.sh --bootstrap-server ... --alter --topic %1$s"
                      + " --add-config max.message.bytes=%3$d")
                  .formatted(TOPIC, CREATED_WITH, RAISED));
      broker.alterTopic(TOPIC, "max.message.bytes", Integer.toString(RAISED));
      assertThat(verify(broker, RAISED)).isEmpty();
    }
  }

  private static List<String> verify(TestBroker broker, int maxRecordBytes) {
    return RepartitionTopicCheck.verify(
        broker.admin(),
        TestSettings.of(
            TestSettings.instance("grow.", "one", Path.of("state")),
            TestSettings.cluster(broker.bootstrapServers(), maxRecordBytes),
            TestSettings.THREADS,
            TestSettings.ALONE));
  }
}
