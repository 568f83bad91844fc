package dev.headwater.topics;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.headwater.topics.TopicSpec.CleanupPolicy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicSpecsTest {
  private static final TopicNames NAMES = TopicNames.withDefaultPrefix();

  @Test
  void shouldSpecifyEveryTopicOnce() {
    assertThat(TopicSpecs.of(NAMES, TopicSettings.defaults()))
        .extracting(TopicSpec::name)
        .containsExactlyInAnyOrderElementsOf(NAMES.all().toList());
  }

  @Test
  void shouldPartitionAlikeWhatIsJoined() {
    var settings = new TopicSettings(6, 3, Duration.ofDays(1), 2 << 20, -1);
    var specs = byName(settings);
    assertThat(specs.get(NAMES.images()).partitions()).isEqualTo(6);
    assertThat(specs.values())
        .filteredOn(spec -> !spec.partitioning().isEmpty())
        .allSatisfy(
            spec ->
                assertThat(spec.partitions())
                    .isEqualTo(spec.partitioning().equals("model") ? 3 : 6));
  }

  @Test
  void shouldBoundImagesAndDeadLettersBySizeWhenEmbedded() {
    long share = TopicSettings.embedded().maxImageBytes() / 4;
    assertThat(byName(TopicSettings.embedded()).values())
        .filteredOn(spec -> spec.maxMessageBytes() == 24 << 20)
        .extracting(TopicSpec::name, spec -> spec.extraConfigs().get("retention.bytes"))
        .containsExactlyInAnyOrder(
            tuple(NAMES.images(), Long.toString(share)),
            tuple(NAMES.deadLetters(), Long.toString(share)));
    assertThat(byName(TopicSettings.defaults()).get(NAMES.images()).configs())
        .doesNotContainKey("retention.bytes");
  }

  @Test
  void shouldCompactNothingButServing() {
    assertThat(byName(TopicSettings.defaults()).values())
        .filteredOn(spec -> spec.cleanup() == CleanupPolicy.COMPACT)
        .extracting(TopicSpec::name)
        .containsExactly(NAMES.serving());
  }

  @Test
  void shouldSayWhichSettingIsWrong() {
    assertThatThrownBy(() -> new TopicSettings(0, 4, Duration.ofDays(1), 1 << 20, -1))
        .hasMessage("imagePartitions is 0, expected at least 1");
    assertThatThrownBy(() -> new TopicSettings(1, 1, Duration.ofDays(1), 1 << 20, 5))
        .hasMessage("maxImageBytes is 5, expected -1 or at least maxMessageBytes (1048576)");
  }

  private static Map<String, TopicSpec> byName(TopicSettings settings) {
    return TopicSpecs.of(NAMES, settings).stream().collect(toMap(TopicSpec::name, spec -> spec));
  }
}
