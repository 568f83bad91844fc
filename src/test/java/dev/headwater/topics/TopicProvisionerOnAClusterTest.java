package dev.headwater.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.broker.KafkaForTests;
import dev.headwater.broker.TestBroker;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeConfigsResult;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a cluster a broker may be asked for a new topic before it has heard of it. */
class TopicProvisionerOnAClusterTest {
  @TempDir static Path dir;

  @Test
  void shouldAskAgainWhereABrokerHasNotHeardOfTheNewTopics() {
    try (var broker = KafkaForTests.start(dir)) {
      var specs = TopicSpecs.of(new TopicNames("new."), TopicSettings.embedded());
      var asked = new int[1];
      Admin late = lateAdmin(broker, asked);
      var report = TopicProvisioner.ensure(late, specs, 1);
      assertThat(asked[0]).isGreaterThan(3);
      assertThat(report.created()).containsExactlyElementsOf(names(specs));
      assertThat(report.partitions()).containsOnlyKeys(names(specs)).containsEntry("new.images", 4);
      assertThat(report.warnings()).isEmpty();
    }
  }

  private static List<String> names(Collection<TopicSpec> specs) {
    return specs.stream().map(TopicSpec::name).toList();
  }

  /** An admin client whose second and third request for settings reach a broker that is behind. */
  private static Admin lateAdmin(TestBroker broker, int[] asked) {
    return (Admin)
        Proxy.newProxyInstance(
            Admin.class.getClassLoader(),
            new Class<?>[] {Admin.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("describeConfigs")) {
                asked[0]++;
                if (asked[0] == 2 || asked[0] == 3) {
                  return new NotHeardOf((Collection<?>) arguments[0]);
                }
              }
              try {
                return method.invoke(broker.admin(), arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static final class NotHeardOf extends DescribeConfigsResult {
    NotHeardOf(Collection<?> resources) {
      super(resources.stream().collect(Collectors.toMap(ConfigResource.class::cast, unknown())));
    }

    private static Function<Object, KafkaFuture<Config>> unknown() {
      return resource -> {
        var answer = new KafkaFutureImpl<Config>();
        answer.completeExceptionally(new UnknownTopicOrPartitionException());
        return answer;
      };
    }
  }
}
