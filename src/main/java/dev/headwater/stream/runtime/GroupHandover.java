package dev.headwater.stream.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Passes work between instances: takes over from those that are gone, and leaves the groups when
 * this one stops.
 */
public final class GroupHandover {
  private final String instanceId;
  private final Admin admin;
  private final List<Part> parts;

  /** One of the applications, with what aborts its orphaned transactions. */
  private record Part(KafkaStreams streams, OrphanedTransactionAborter aborter) {
    public static Part of(KafkaStreams streams, String application, Admin admin) {
      return new Part(streams, OrphanedTransactionAborter.watch(streams, application, admin));
    }
  }

  private GroupHandover(String instanceId, Admin admin, List<Part> parts) {
    this.instanceId = instanceId;
    this.admin = admin;
    this.parts = parts;
  }

  /** Starts to watch for work to take over. */
  public static GroupHandover of(
      StreamSettings settings, KafkaStreams inference, KafkaStreams learner) {
    var properties = new HashMap<String, Object>(settings.kafka().clientProperties());
    properties.put("bootstrap.servers", settings.kafka().bootstrapServers());
    var admin = Admin.create(properties);
    return new GroupHandover(
        settings.instance().id(),
        admin,
        List.of(
            Part.of(
                inference,
                settings.instance().applicationPrefix() + StreamProperties.INFERENCE,
                admin),
            Part.of(
                learner,
                settings.instance().applicationPrefix() + StreamProperties.LEARNER,
                admin)));
  }

  /**
   * Stops both applications at once. Each leaves its group if other instances can go on; alone, it
   * stays a member.
   *
   * @return whether they stopped in time
   */
  public boolean stop(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    parts.forEach(part -> part.streams().close(options(part).withTimeout(Duration.ZERO)));
    boolean stopped =
        parts.stream()
            .map(part -> part.streams().close(untilThen(deadline)))
            .reduce(true, Boolean::logicalAnd);
    parts.forEach(part -> part.aborter().close());
    admin.close(Duration.ofSeconds(1));
    return stopped;
  }

  private CloseOptions options(Part part) {
    return CloseOptions.groupMembershipOperation(
        part.aborter().hasOthers(instanceId)
            ? GroupMembershipOperation.LEAVE_GROUP
            : GroupMembershipOperation.REMAIN_IN_GROUP);
  }

  private static Duration untilThen(long deadline) {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }
}
