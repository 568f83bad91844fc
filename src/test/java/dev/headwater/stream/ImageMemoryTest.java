package dev.headwater.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.backbone.Embedding;
import dev.headwater.event.ContentHash;
import dev.headwater.event.ErrorCode;
import dev.headwater.event.RejectedException;
import dev.headwater.learner.model.LearnerInput.Corrected;
import dev.headwater.learner.model.LearnerInput.Labelled;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.stream.InferenceOutput.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImageMemoryTest {
  private static final SeenImage IMAGE =
      new SeenImage(
          new byte[ContentHash.BYTES],
          "m",
          "d",
          "b",
          Embedding.copyOf(new float[] {1}),
          0.7,
          1,
          Optional.of(true),
          Optional.empty());

  private final KeyValueStore<Bytes, byte[]> seen = store("seen");
  private final KeyValueStore<Bytes, byte[]> pending = store("pending");
  private final ImageMemory memory =
      new ImageMemory(new ModelCatalog(List.of(), true, 1), seen, pending, Duration.ofMillis(100));

  private static KeyValueStore<Bytes, byte[]> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingDisabled()
        .build();
  }

  @BeforeEach
  void open() {
    var context = new MockProcessorContext<Void, Void>();
    seen.init(context.getStateStoreContext(), seen);
    pending.init(context.getStateStoreContext(), pending);
  }

  @AfterEach
  void close() {
    seen.close();
    pending.close();
  }

  private static PendingLabel label(String text) {
    return new PendingLabel(
        text, new Origin(null, text.getBytes(UTF_8), "labels", 0, 1), new RecordHeaders());
  }

  @Test
  void shouldRememberImagesWithinTheRetention() {
    memory.remember("one", IMAGE, 0);
    assertThat(memory.find("one", 99)).isPresent();
    assertThat(memory.find("one", 100)).isEmpty();
    assertThat(memory.find("two", 0)).isEmpty();
  }

  @Test
  void shouldTellAFirstLabelFromACorrectionAndFromARepeat() throws RejectedException {
    memory.remember("one", IMAGE, 0);
    var first = memory.label("one", IMAGE, "1").orElseThrow();
    assertThat(first.model()).isEqualTo("m");
    assertThat(first.input()).isInstanceOf(Labelled.class);
    var labelled = memory.find("one", 0).orElseThrow();
    assertThat(labelled.positive()).contains(true);
    assertThat(memory.label("one", labelled, "true")).as("the same again").isEmpty();
    assertThat(memory.label("one", labelled, "0").orElseThrow().input())
        .isInstanceOf(Corrected.class);
  }

  @Test
  void shouldRefuseALabelThatIsNoClassOfTheModel() {
    memory.remember("one", IMAGE, 0);
    assertThatThrownBy(() -> memory.label("one", IMAGE, "maybe"))
        .isInstanceOf(RejectedException.class);
    assertThat(memory.join("one", IMAGE, label("maybe")))
        .containsInstanceOf(Refused.class)
        .map(output -> ((Refused) output).refusal().code())
        .contains(ErrorCode.LABEL_UNKNOWN);
    assertThat(memory.find("one", 0).orElseThrow().positive()).isEmpty();
  }

  @Test
  void shouldGiveAPendingLabelOnceAndOnlyTheNewest() {
    memory.await("one", label("0"), 0);
    memory.await("one", label("1"), 1);
    assertThat(memory.takePending("one", 2).orElseThrow().label()).isEqualTo("1");
    assertThat(memory.takePending("one", 2)).isEmpty();
  }

  @Test
  void shouldHandOverPendingLabelsThatExpire() {
    memory.await("one", label("0"), 0);
    memory.await("two", label("1"), 50);
    var expired = new ArrayList<PendingLabel>();
    memory.expire(120, expired::add);
    assertThat(expired).extracting(PendingLabel::label).containsExactly("0");
    assertThat(memory.takePending("two", 120)).isPresent();
  }
}
