package dev.headwater.stream.preflight;

import dev.headwater.stream.runtime.StreamProperties;
import dev.headwater.stream.runtime.StreamSettings;
import dev.headwater.topics.TopicCheck;
import dev.headwater.topics.TopicSpec;
import dev.headwater.topics.TopicSpec.CleanupPolicy;
import dev.headwater.topics.TopicsException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * Compares the topic through which images come home with the largest record that there may be.
 *
 * <p>Kafka Streams gives it its limit when it creates it, and never changes it: where larger images
 * are allowed later, the first one to be moved would stop inference. Labels are small.
 */
public final class RepartitionTopicCheck {
  private RepartitionTopicCheck() {}

  /**
   * Looks at it if it exists.
   *
   * @return a sentence if its settings may not be read
   * @throws TopicsException with a line if it does not fit, with the command that fixes it
   */
  public static List<String> verify(Admin admin, StreamSettings settings) {
    var all = TopicCheck.of(admin, List.of(spec(settings)));
    var there = all.specs().stream().filter(spec -> all.found().has(spec.name())).toList();
    var problems = new TopicCheck(there, all.found(), all.replicationFactor()).problems();
    if (!problems.isEmpty()) {
      throw new TopicsException(problems);
    }
    return all.found().warnings();
  }

  private static TopicSpec spec(StreamSettings settings) {
    String name =
        "%s%s-moved-images-repartition"
            .formatted(settings.instance().applicationPrefix(), StreamProperties.INFERENCE);
    return new TopicSpec(
        name, 1, "", CleanupPolicy.DELETE, settings.kafka().maxRecordBytes(), Map.of());
  }
}
