package dev.headwater.stream.preflight;

import dev.headwater.stream.runtime.Partitions;
import dev.headwater.stream.runtime.StreamProperties;
import dev.headwater.topics.AdminAnswer;
import dev.headwater.topics.TopicInventory;
import dev.headwater.topics.TopicNames;
import dev.headwater.topics.TopicsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;

/**
 * Refuses to start when partitions were added to a topic whose state topics have fewer.
 *
 * <p>Kafka Streams notices at a rebalance. An instance that restarts within its session gets its
 * tasks back without one: it would leave the new partitions unread, and report healthy.
 */
public final class PartitionGrowthCheck {
  private static final String REQUEST = "list the topics";

  private PartitionGrowthCheck() {}

  /**
   * Compares the topics of images and examples with Kafka Streams' internal topics that exist.
   *
   * @param partitions how many each topic has
   * @throws TopicsException with a line for each that grew, which says what can be done
   */
  public static void refuse(
      Admin admin, TopicNames topics, String applicationPrefix, Partitions partitions) {
    var problems = new ArrayList<String>();
    String inference = applicationPrefix + StreamProperties.INFERENCE + "-";
    var known = internal(admin, inference);
    int images = partitions.images();
    var odd = differing(known, images);
    if (!odd.isEmpty()) {
      problems.add(grownImages(topics.images(), images, inference, odd));
    }
    String learner = applicationPrefix + StreamProperties.LEARNER + "-";
    int examples = partitions.examples();
    var oddState = differing(internal(admin, learner), examples);
    if (!oddState.isEmpty()) {
      problems.add(grownExamples(topics.examples(), examples, oddState));
    }
    if (!problems.isEmpty()) {
      throw new TopicsException(problems);
    }
  }

  private static String grownImages(
      String topic, int count, String inference, Map<String, Integer> odd) {
    return ("%s: has %d partitions, expected as many as what is known of its images, %s; to go on"
            + " with %d, which forgets them, stop all instances and delete the topics that"
            + " begin with %s and end in -changelog or -repartition (docs/operations.md,"
            + " Resize)")
        .formatted(topic, count, odd, count, inference);
  }

  private static String grownExamples(String topic, int count, Map<String, Integer> odd) {
    return ("%s: has %d partitions, expected as many as the models' state, %s; models do not follow"
            + " their names to other partitions, and a topic does not shrink: begin under"
            + " another headwater.topic-prefix (docs/operations.md, Resize)")
        .formatted(topic, count, odd);
  }

  private static Map<String, Integer> differing(Map<String, Integer> found, int expected) {
    found.values().removeIf(count -> count == expected);
    return found;
  }

  /** Returns how many partitions each of Kafka Streams' topics has, by name. */
  private static Map<String, Integer> internal(Admin admin, String prefix) {
    List<String> own =
        AdminAnswer.required(admin.listTopics().names(), REQUEST).stream()
            .filter(name -> name.startsWith(prefix))
            .filter(name -> name.endsWith("-changelog") || name.endsWith("-repartition"))
            .toList();
    var found = TopicInventory.read(admin, own);
    var counts = new TreeMap<String, Integer>();
    own.stream().filter(found::has).forEach(name -> counts.put(name, found.partitions(name)));
    return counts;
  }
}
