package dev.headwater.stream;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * Compares the topics through which images and labels come home with the largest record that there
 * may be.
 *
 * <p>Kafka Streams gives them their limit when it creates them, and never changes it: where larger
 * images are allowed later, the first one to be moved would stop the edge.
 */
public final class MovedTopics {
  private MovedTopics() {}

  /**
   * Looks at those that exist.
   *
   * @return a sentence for each whose settings may not be read
   * @throws TopicsException with a line for each that does not fit, which has the command that
   *     mends it
   */
  public static List<String> verify(Admin admin, StreamSettings settings) {
    var all = TopicCheck.of(admin, specs(settings));
    var there = all.specs().stream().filter(spec -> all.found().has(spec.name())).toList();
    var problems = new TopicCheck(there, all.found(), all.replicationFactor()).problems();
    if (!problems.isEmpty()) {
      throw new TopicsException(problems);
    }
    return all.found().warnings();
  }

  private static List<TopicSpec> specs(StreamSettings settings) {
    return Stream.of("images", "labels")
        .map(
            what ->
                "%s%s-moved-%s-repartition"
                    .formatted(settings.applicationPrefix(), StreamProperties.EDGE, what))
        .map(
            name ->
                new TopicSpec(
                    name, 1, "", CleanupPolicy.DELETE, settings.maxRecordBytes(), Map.of()))
        .toList();
  }
}
