package dev.headwater.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.Eventually;
import dev.headwater.backbone.Embedding;
import dev.headwater.event.Classification;
import dev.headwater.event.ErrorCode;
import dev.headwater.event.RejectedException;
import dev.headwater.head.DenseHead;
import dev.headwater.image.ImageDecoder;
import dev.headwater.image.ImageLimits;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.snapshot.Snapshot;
import dev.headwater.snapshot.SnapshotFile;
import dev.headwater.stream.Classifier.BusyException;
import dev.headwater.stream.Classifier.Permits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What the head in service says of images that are asked about directly. */
class ClassifierTest {
  private static final FakeBackbone BACKBONE = new FakeBackbone();
  private static final TestImage IMAGE = TestImage.unlabelled("one");
  private static final double THRESHOLD = 0.4;

  private final Map<String, byte[]> store = new ConcurrentHashMap<>();
  private final Permits permits = Permits.of(2, Duration.ofMillis(20));
  private final Classifier classifier = classifier(permits);

  private Classifier classifier(Permits free) {
    int size = BACKBONE.inputSize();
    return new Classifier(
        new ModelCatalog(List.of(), true, 5),
        new ImageDecoder(ImageLimits.DEFAULT, size, size),
        new EmbedderPool(BACKBONE),
        new Scorer(BACKBONE.id(), new ServedHeads(store::get)),
        free);
  }

  private static Snapshot head(long version, String backbone) {
    return new Snapshot(
        "m",
        version,
        0,
        backbone,
        false,
        List.of("negative", "positive"),
        THRESHOLD,
        8,
        Optional.empty(),
        Optional.empty(),
        Instant.EPOCH,
        "training",
        DenseHead.initial(BACKBONE.embeddingSize(), version));
  }

  private Snapshot serve(long version) {
    var head = head(version, BACKBONE.id().fingerprint());
    store.put("m", SnapshotFile.write(head));
    return head;
  }

  private static double expected(Snapshot head) {
    return head.head().probability(Embedding.wrap(IMAGE.embedding()));
  }

  @Test
  void shouldAnswerWithTheHeadInServiceAndItsThreshold() throws RejectedException {
    for (long version = 1; version <= 4; version++) {
      var head = serve(version);
      var answer = classifier.classify("m", IMAGE.file()).orElseThrow();
      double probability = expected(head);
      assertThat(answer.version()).isEqualTo(version);
      assertThat(answer.probability()).isEqualTo(probability);
      assertThat(answer.threshold()).isEqualTo(THRESHOLD);
      assertThat(answer.predictedClass())
          .isEqualTo(probability >= THRESHOLD ? "positive" : "negative");
      assertThat(answer.backbone()).isEqualTo(BACKBONE.id().fingerprint());
    }
  }

  @Test
  void shouldAnswerNothingWithoutAHead() throws RejectedException {
    assertThat(classifier.classify("m", IMAGE.file())).isEmpty();
  }

  @Test
  void shouldRefuseWhatIsNoImageAndAHeadOfAnotherBackbone() {
    serve(1);
    assertThatThrownBy(() -> classifier.classify("m", new byte[] {1, 2, 3}))
        .isInstanceOfSatisfying(
            RejectedException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.IMAGE_FORMAT_UNKNOWN));
    store.put("m", SnapshotFile.write(head(2, "cd".repeat(32))));
    assertThatThrownBy(() -> classifier.classify("m", IMAGE.file()))
        .isInstanceOfSatisfying(
            RejectedException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.BACKBONE_MISMATCH));
  }

  @Test
  void shouldSayThatOthersAreAtItAndAnswerOnceTheyAreNot() throws Exception {
    serve(1);
    permits.free().acquire(2);
    assertThatThrownBy(() -> classifier.classify("m", IMAGE.file()))
        .isInstanceOf(BusyException.class)
        .hasMessageContaining("20 ms were not enough");
    permits.free().release(2);
    assertThat(classifier.classify("m", IMAGE.file())).isPresent();
    assertThatThrownBy(() -> classifier.classify("m", new byte[] {1}))
        .isInstanceOf(RejectedException.class);
    assertThat(permits.free().availablePermits()).as("permits given back").isEqualTo(2);
  }

  @Test
  void shouldAnswerAsTheVersionItNamesWhileHeadsAreSwapped() {
    var heads = List.of(serve(1), serve(2), serve(3));
    var patient = classifier(Permits.of(4, Duration.ofSeconds(30)));
    var threads = Executors.newFixedThreadPool(4);
    var asked = new ArrayList<Future<List<Classification>>>();
    for (int n = 0; n < 4; n++) {
      asked.add(threads.submit(many(patient)));
    }
    int swaps = 0;
    while (asked.stream().anyMatch(answers -> !answers.isDone())) {
      store.put("m", SnapshotFile.write(heads.get(swaps++ % 3)));
    }
    threads.shutdown();
    assertThat(swaps).isGreaterThan(10);
    for (var answers : asked) {
      assertThat(Eventually.done(answers))
          .allSatisfy(
              answer ->
                  assertThat(answer.probability())
                      .isEqualTo(expected(heads.get((int) answer.version() - 1))));
    }
  }

  private static Callable<List<Classification>> many(Classifier classifier) {
    return () -> {
      var answers = new ArrayList<Classification>();
      for (int n = 0; n < 200; n++) {
        answers.add(classifier.classify("m", IMAGE.file()).orElseThrow());
      }
      return answers;
    };
  }
}
