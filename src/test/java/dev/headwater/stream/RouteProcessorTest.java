package dev.headwater.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.event.ErrorCode;
import dev.headwater.event.RejectedException;
import dev.headwater.stream.RouteProcessor.Routed;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.junit.jupiter.api.Test;

/** The event of these tests is its image id; the driver sends everything to partition 0. */
class RouteProcessorTest {
  private static final HomePartition HOME = new HomePartition(4);
  private static final int LARGEST = 1_000;

  private static List<Routed<String>> route(byte[] key, String value) {
    var routed = new ArrayList<Routed<String>>();
    var reader =
        new RecordReader<>(
            "read",
            (bytes, source) -> {
              if (bytes.length == 0) {
                throw new RejectedException(ErrorCode.EVENT_EMPTY, "empty");
              }
              return new String(bytes, UTF_8);
            });
    var builder = new StreamsBuilder();
    builder.stream("events", Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
        .processValues(() -> new RouteProcessor<>(reader, id -> id, HOME, LARGEST))
        .foreach((any, event) -> routed.add(event));
    var properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "route");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
    try (var driver = new TopologyTestDriver(builder.build(), properties)) {
      driver
          .createInputTopic("events", new ByteArraySerializer(), new ByteArraySerializer())
          .pipeInput(key, value.getBytes(UTF_8));
    }
    return routed;
  }

  private static String id(boolean isLocal, String prefix) {
    int n = 0;
    while ((HOME.of(prefix + n) == 0) != isLocal) {
      n++;
    }
    return prefix + n;
  }

  private static Refusal refusal(Routed<String> routed) {
    return ((Attempt.Failed<String>) ((Routed.Local<String>) routed).attempt()).refusal();
  }

  @Test
  void shouldProcessHereTheImagesOfThisPartition() {
    String id = id(true, "image-");
    assertThat(route(null, id))
        .singleElement()
        .isInstanceOfSatisfying(
            Routed.Local.class,
            local -> assertThat(((Attempt.Ok<?>) local.attempt()).value()).isEqualTo(id));
  }

  @Test
  void shouldSendOthersToTheirHomePartitionWithTheirOrigin() {
    String id = id(false, "image-");
    assertThat(route(new byte[] {5}, id))
        .singleElement()
        .isInstanceOfSatisfying(
            Routed.Remote.class,
            remote -> {
              assertThat(remote.imageId()).isEqualTo(id);
              assertThat(remote.origin().position()).isEqualTo("events-0-0");
              assertThat(remote.origin().key()).containsExactly(5);
            });
  }

  @Test
  void shouldRefuseHereWhatIsTooLargeToBeRepartitioned() {
    String large = "x".repeat(LARGEST);
    assertThat(refusal(route(null, id(false, large)).get(0)).code())
        .isEqualTo(ErrorCode.IMAGE_TOO_MANY_BYTES);
    assertThat(((Routed.Local<String>) route(null, id(true, large)).get(0)).attempt())
        .as("stays here, whatever its size")
        .isInstanceOf(Attempt.Ok.class);
  }

  @Test
  void shouldRefuseHereWhatCannotBeRead() {
    assertThat(refusal(route(null, "").get(0)).code()).isEqualTo(ErrorCode.EVENT_EMPTY);
    var longKey = refusal(route(new byte[4_097], "image").get(0));
    assertThat(longKey.step()).isEqualTo("read");
    assertThat(longKey.message()).contains("key of 4097 bytes, expected at most 4096");
  }
}
