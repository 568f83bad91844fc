package dev.headwater.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.Eventually;
import dev.headwater.event.DeadLetterHeaders;
import dev.headwater.faults.LabelledLoad.SentImage;
import dev.headwater.snapshot.Snapshot;
import dev.headwater.snapshot.SnapshotException;
import dev.headwater.snapshot.SnapshotFile;
import dev.headwater.stream.LearnerReplay;
import dev.headwater.topics.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What must hold of the committed records once all images that were sent have been learnt, whatever
 * was done to the processes meanwhile:
 *
 * <ul>
 *   <li>each image has exactly one prediction, and reached the learner once, with its label once;
 *   <li>the newest snapshot of each model has learnt as many examples as labelled images were sent;
 *   <li>nothing was refused;
 *   <li>every version of a model is on {@code snapshots} once, in order, and the newest is served;
 *   <li>every snapshot is, bit for bit, what an undisturbed learner makes of the same log ({@link
 *       LearnerReplay}).
 * </ul>
 */
final class Invariants {
  private static final Duration PATIENCE = Duration.ofMinutes(6);
  private static final TopicNames TOPICS = TopicNames.withDefaultPrefix();
  private static final String INFERENCE = TOPICS.prefix() + "inference";
  private static final String LEARNER = TOPICS.prefix() + "learner";

  private final FaultBed bed;

  private Invariants(FaultBed bed) {
    this.bed = bed;
  }

  /** What was found, for the line that a test prints. */
  record Found(
      int predictions, int examples, int snapshots, Duration untilLearnt, Duration ofChecking) {
    @Override
    public String toString() {
      return "%d predictions, %d examples, %d snapshots; learnt after another %d s, checked in %d s"
          .formatted(
              predictions, examples, snapshots, untilLearnt.toSeconds(), ofChecking.toSeconds());
    }
  }

  /** Waits until all that was sent is learnt, then checks. */
  static Found check(FaultBed bed) {
    var invariants = new Invariants(bed);
    long start = System.nanoTime();
    invariants.awaitLearnt();
    long learnt = System.nanoTime();
    int predictions = invariants.eachImageHasOnePrediction();
    int examples = invariants.eachImageReachedTheLearnerOnce();
    invariants.nothingWasRefused();
    int snapshots = invariants.versionsAreThoseOfAnUndisturbedLearner();
    var untilLearnt = Duration.ofNanos(learnt - start);
    var ofChecking = Duration.ofNanos(System.nanoTime() - learnt);
    return new Found(predictions, examples, snapshots, untilLearnt, ofChecking);
  }

  /** Counts the committed predictions of the images whose ids begin with a prefix. */
  static int countOfPredictions(FaultBed bed, String prefix) {
    return (int)
        bed.clients().readAll(TOPICS.predictions()).stream()
            .filter(found -> key(found).startsWith(prefix + "-"))
            .count();
  }

  private void awaitLearnt() {
    var expected = labelled();
    Eventually.get(
        "examples learnt by the newest snapshots: " + expected,
        PATIENCE,
        this::learnt,
        found -> isReached(found, expected));
    awaitNothingLeft();
  }

  /** A record that is predicted or learnt a second time may come after all others. */
  private void awaitNothingLeft() {
    Eventually.get(
        "the end of all topics that the service reads",
        PATIENCE,
        () -> GroupLag.of(bed.clients(), INFERENCE, LEARNER),
        Map::isEmpty);
  }

  private static boolean isReached(Map<String, Long> found, Map<String, Long> expected) {
    return expected.keySet().stream()
        .allMatch(model -> found.getOrDefault(model, 0L) >= expected.get(model));
  }

  private Map<String, Long> labelled() {
    return bed.sent().stream().collect(groupingBy(SentImage::model, counting()));
  }

  private Map<String, Long> learnt() {
    return read(TOPICS.serving()).stream()
        .map(found -> snapshot(found.value()))
        .collect(toMap(Snapshot::model, Snapshot::examples, (before, after) -> after));
  }

  private int eachImageHasOnePrediction() {
    assertOnce("predictions", read(TOPICS.predictions()).stream().map(Invariants::key).toList());
    return bed.sent().size();
  }

  private int eachImageReachedTheLearnerOnce() {
    var seen = LearnerReplay.images(read(TOPICS.examples()));
    assertOnce(
        "observations",
        seen.stream().filter(s -> s.observed()).map(LearnerReplay.Seen::imageId).toList());
    assertOnce(
        "labels",
        seen.stream().filter(s -> s.labelled()).map(LearnerReplay.Seen::imageId).toList());
    assertThat(learnt()).as("examples learnt").isEqualTo(labelled());
    return (int) seen.stream().filter(s -> s.labelled()).count();
  }

  private void assertOnce(String what, List<String> ids) {
    assertThat(notOnce(bed.sent().stream().map(SentImage::id).toList(), ids))
        .as("images that have not exactly one of the %s", what)
        .isEmpty();
  }

  /** Names only what is wrong: there are thousands of images. */
  static Map<String, String> notOnce(Collection<String> sent, List<String> found) {
    Map<String, Long> counts = found.stream().collect(groupingBy(id -> id, counting()));
    var wrong = new LinkedHashMap<String, String>();
    for (String id : sent) {
      var count = counts.remove(id);
      if (count == null || count != 1) {
        wrong.put(id, count == null ? "none" : count.toString());
      }
    }
    counts.keySet().forEach(id -> wrong.put(id, "never sent"));
    return wrong;
  }

  private void nothingWasRefused() {
    assertThat(read(TOPICS.deadLetters()))
        .extracting(
            found -> header(found, DeadLetterHeaders.CODE),
            found -> header(found, DeadLetterHeaders.MESSAGE))
        .as("dead letters")
        .isEmpty();
  }

  private static String header(ConsumerRecord<byte[], byte[]> found, String name) {
    return new String(found.headers().lastHeader(name).value(), UTF_8);
  }

  private int versionsAreThoseOfAnUndisturbedLearner() {
    var published = byModel(read(TOPICS.snapshots()));
    var served = byModel(read(TOPICS.serving()));
    var expected =
        LearnerReplay.snapshots(
            bed.backbone(), read(TOPICS.examples()), bed.newDirectory("undisturbed"));
    assertThat(published.keySet()).isEqualTo(labelled().keySet());
    published.forEach(
        (model, files) -> {
          assertThat(files)
              .as("versions of %s", model)
              .extracting(file -> snapshot(file).version())
              .containsExactlyElementsOf(LongStream.rangeClosed(1, files.size()).boxed().toList());
          assertSame(model, files, expected.getOrDefault(model, List.of()));
          assertThat(last(served.get(model))).as("served: %s", model).isEqualTo(last(files));
        });
    return published.values().stream().mapToInt(List::size).sum();
  }

  private static void assertSame(String model, List<byte[]> found, List<byte[]> expected) {
    assertThat(found).as("versions of %s, undisturbed", model).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      int version = i + 1;
      assertThat(snapshot(found.get(i)))
          .as("what version %d of %s says of itself", version, model)
          .usingRecursiveComparison()
          .ignoringFields("head")
          .isEqualTo(snapshot(expected.get(i)));
      assertThat(found.get(i))
          .as("bytes of version %d of %s, undisturbed", version, model)
          .isEqualTo(expected.get(i));
    }
  }

  private static byte[] last(List<byte[]> files) {
    return files.get(files.size() - 1);
  }

  private static Map<String, List<byte[]>> byModel(List<ConsumerRecord<byte[], byte[]>> records) {
    Function<List<ConsumerRecord<byte[], byte[]>>, List<byte[]>> values =
        all -> all.stream().map(ConsumerRecord::value).toList();
    return new ArrayList<>(records)
        .stream().collect(groupingBy(Invariants::key)).entrySet().stream()
            .collect(toMap(Map.Entry::getKey, entry -> values.apply(entry.getValue())));
  }

  private static String key(ConsumerRecord<byte[], byte[]> found) {
    return new String(found.key(), UTF_8);
  }

  private static Snapshot snapshot(byte[] file) {
    try {
      return SnapshotFile.read(file);
    } catch (SnapshotException e) {
      throw new AssertionError("a snapshot on the log cannot be read", e);
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    return bed.clients().readAll(topic);
  }
}
