package dev.headwater.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.backbone.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OnlineLearnerTest {
  private static final int INPUTS = 6;
  private static final LearnerSettings SETTINGS = new LearnerSettings(4, 3, 20, 9);

  private final OnlineLearner learner = new OnlineLearner(SETTINGS, INPUTS);
  private final FakeLearnerMemory memory = new FakeLearnerMemory(INPUTS, SETTINGS);

  private static boolean take(OnlineLearner learner, LearnerMemory memory, Example example) {
    learner.see(memory, example.embedding());
    return learner.learn(memory, example);
  }

  @Test
  void shouldTrainTheNetworkWhenTheMiniBatchIsFullAndNotBefore() {
    var initial = memory.training();
    examples(3, 1).forEach(example -> take(learner, memory, example));
    assertThat(memory.training()).isSameAs(initial);
    assertThat(take(learner, memory, examples(1, 2).get(0))).isTrue();
    assertThat(memory.pendingCount()).isZero();
    assertThat(memory.training().steps()).isEqualTo(1 + SETTINGS.replayBatches());
  }

  @Test
  void shouldTrainOnAPartialMiniBatchOnlyWhenAsked() {
    take(learner, memory, examples(1, 1).get(0));
    assertThat(learner.flush(memory)).isTrue();
    assertThat(memory.pendingCount()).isZero();
    assertThat(memory.training().steps()).isEqualTo(4);
    assertThat(learner.flush(memory)).as("a flush of nothing").isFalse();
    assertThat(memory.training().steps()).isEqualTo(4);
  }

  @Test
  void shouldCountEachExampleOnceHoweverOftenItIsReplayed() {
    examples(41, 1).forEach(example -> take(learner, memory, example));
    assertThat(memory.examples()).isEqualTo(41);
    assertThat(memory.pendingCount()).isEqualTo(1);
    assertThat(memory.training().steps()).isEqualTo(10 * 4);
  }

  @Test
  void shouldKeepExactlyTheSlotsThatTheIndexNames() {
    examples(120, 3).forEach(example -> take(learner, memory, example));
    var named = new ArrayList<Reservoir.Slot>();
    for (var group : memory.reservoir().groups()) {
      for (int i = 0; i < group.size(); i++) {
        named.add(new Reservoir.Slot(group.domain(), group.positive(), i));
      }
    }
    assertThat(memory.slots().keySet()).containsExactlyInAnyOrderElementsOf(named);
    assertThat(named).hasSize(SETTINGS.reservoirCapacity());
    memory
        .slots()
        .forEach(
            (slot, example) -> {
              assertThat(example.domain()).isEqualTo(slot.domain());
              assertThat(example.positive()).isEqualTo(slot.positive());
            });
  }

  @Test
  void shouldGiveTheSameWeightsBitByBitForTheSameExamplesInTheSameOrder() {
    var other = new FakeLearnerMemory(INPUTS, SETTINGS);
    var otherLearner = new OnlineLearner(SETTINGS, INPUTS);
    for (Example example : examples(101, 4)) {
      take(learner, memory, example);
      take(otherLearner, other, example);
    }
    assertThat(other.training()).isEqualTo(memory.training());
    assertThat(other.statistics().copyOfMean()).isEqualTo(memory.statistics().copyOfMean());
    assertThat(other.reservoir()).isEqualTo(memory.reservoir());
    assertThat(other.slots()).isEqualTo(memory.slots());
  }

  @Test
  void shouldGiveOtherWeightsForAnotherSeedOrAnotherOrder() {
    var examples = examples(40, 5);
    examples.forEach(example -> take(learner, memory, example));
    var seeded = new LearnerSettings(4, 3, 20, 10);
    assertThat(weightsAfter(seeded, examples)).isNotEqualTo(memory.training().weights());
    var turned = new ArrayList<>(examples);
    java.util.Collections.reverse(turned);
    assertThat(weightsAfter(SETTINGS, turned)).isNotEqualTo(memory.training().weights());
  }

  private static HeadParameters weightsAfter(LearnerSettings settings, List<Example> examples) {
    var memory = new FakeLearnerMemory(INPUTS, settings);
    var learner = new OnlineLearner(settings, INPUTS);
    examples.forEach(example -> take(learner, memory, example));
    return memory.training().weights();
  }

  @Test
  void shouldHandOutAHeadThatSaysOfRawEmbeddingsWhatTheOneInTrainingSays() {
    for (Example example : examples(60, 2)) {
      take(learner, memory, example);
      assertThat(learner.head(memory).probability(example.embedding()))
          .isCloseTo(learner.probability(memory, example.embedding()), within(1e-5));
    }
    assertThat(memory.statistics().count()).isEqualTo(60);
  }

  @Test
  void shouldTakeOutAnImageAndNotAnEarlierOneWithItsId() {
    var embedding = examples(1, 1).get(0).embedding();
    for (long number = 1; number <= 4; number++) {
      String id = number % 2 == 0 ? "again" : "image " + number;
      take(learner, memory, new Example(id, embedding, true, "d", number));
    }
    learner.takeOut(memory, Map.of("again", 4L, "image 1", 1L, "none", 1L));
    assertThat(memory.slots().values())
        .extracting(Example::number)
        .containsExactlyInAnyOrder(2L, 3L);
  }

  @Test
  void shouldLearnWithoutReplay() {
    var settings = new LearnerSettings(8, 0, 2, 1);
    var quiet = new FakeLearnerMemory(INPUTS, settings);
    var plain = new OnlineLearner(settings, INPUTS);
    examples(80, 6).forEach(example -> take(plain, quiet, example));
    assertThat(quiet.training().steps()).isEqualTo(10);
  }

  private static Example turnedLabel(Example example) {
    return new Example(
        example.imageId(), example.embedding(), !example.positive(), example.domain());
  }

  private long kept(Example example) {
    return memory.slots().values().stream().filter(example::equals).count();
  }

  @Test
  void shouldGiveAnExampleThatWaitsItsNewLabel() {
    var first = examples(2, 1);
    first.forEach(example -> take(learner, memory, example));
    assertThat(learner.correct(memory, turnedLabel(first.get(0)))).isFalse();
    assertThat(memory.pending()).containsExactly(turnedLabel(first.get(0)), first.get(1));
    assertThat(kept(first.get(0))).isZero();
    assertThat(kept(turnedLabel(first.get(0)))).isEqualTo(1);
    assertThat(memory.examples()).isEqualTo(2);
    assertThat(memory.corrections()).isEqualTo(1);
  }

  @Test
  void shouldReplayTheNewLabelAndNoLongerTheOldOne() {
    var learnt = examples(12, 1);
    learnt.forEach(example -> take(learner, memory, example));
    int steps = memory.training().steps();
    for (Example example : learnt.subList(0, 4)) {
      learner.correct(memory, turnedLabel(example));
      assertThat(kept(example)).isZero();
      assertThat(kept(turnedLabel(example))).isEqualTo(1);
    }
    assertThat(memory.slots()).hasSize(12);
    assertThat(memory.examples()).isEqualTo(12);
    assertThat(memory.training().steps()).as("corrections fill a batch").isEqualTo(steps + 4);
  }

  @Test
  void shouldLearnACorrectionOfAnExampleThatIsNoLongerKept() {
    var learnt = examples(200, 1);
    learnt.forEach(example -> take(learner, memory, example));
    var gone = learnt.stream().filter(example -> kept(example) == 0).findFirst().orElseThrow();
    learner.correct(memory, turnedLabel(gone));
    assertThat(memory.pending()).containsExactly(turnedLabel(gone));
    assertThat(memory.reservoir().size()).isEqualTo(SETTINGS.reservoirCapacity());
  }

  @Test
  void shouldForgetAWrongLabelOnceItIsCorrected() {
    var learnt = examples(60, 3);
    var patient = new LearnerSettings(4, 3, 200, 9);
    var corrected = new FakeLearnerMemory(INPUTS, patient);
    var other = new OnlineLearner(patient, INPUTS);
    learnt.forEach(example -> take(other, corrected, turnedLabel(example)));
    learnt.forEach(example -> other.correct(corrected, example));
    for (int i = 0; i < 5; i++) {
      examples(40, 20 + i).forEach(example -> take(other, corrected, example));
    }
    long right =
        learnt.stream()
            .filter(e -> other.probability(corrected, e.embedding()) >= 0.5 == e.positive())
            .count();
    assertThat(right).as("of 60 that were taught wrong first").isGreaterThan(54);
  }

  @Test
  void shouldRememberAnOldDomainThroughReplayWhileItLearnsANewOne() {
    var settings = new LearnerSettings(4, 3, 200, 9);
    var roomy = new FakeLearnerMemory(INPUTS, settings);
    var other = new OnlineLearner(settings, INPUTS);
    examples(200, 7).forEach(example -> take(other, roomy, named(example, "old")));
    examples(200, 8).forEach(example -> take(other, roomy, turned(example)));
    var head = other.head(roomy);
    long right =
        examples(200, 9).stream()
            .filter(e -> (head.probability(e.embedding()) >= 0.5) == e.positive())
            .count();
    assertThat(right).as("of 200 of the old domain").isGreaterThan(140);
  }

  @Test
  void shouldLeanTowardsADomainForAWhileAfterAChangeWasFoundInIt() {
    examples(100, 7).forEach(example -> take(learner, memory, named(example, "old")));
    learner.adapt(memory, "new");
    assertThat(memory.focus().weight("new", 101)).isEqualTo(2);
    assertThat(memory.focus().weight("old", 355)).isEqualTo(1);
    assertThat(memory.focus().weight("old", 356)).isEqualTo(2);
    // A refit each fourth label, though the mini-batch of 8 is not full.
    var slow = new FakeLearnerMemory(INPUTS, LearnerSettings.DEFAULT);
    var patient = new OnlineLearner(LearnerSettings.DEFAULT, INPUTS);
    examples(100, 7).forEach(example -> take(patient, slow, example));
    patient.adapt(slow, "new");
    var changes = examples(8, 9).stream().map(e -> take(patient, slow, e)).toList();
    assertThat(changes).containsExactly(false, false, false, true, false, false, false, true);
  }

  private static Example named(Example example, String domain) {
    return new Example(example.imageId(), example.embedding(), example.positive(), domain);
  }

  /** The same task elsewhere in space, where a head that forgets would answer by one class. */
  private static Example turned(Example example) {
    float[] values = example.embedding().toArray();
    values[0] += 3;
    values[2] += 5;
    return new Example(example.imageId(), Embedding.copyOf(values), example.positive(), "new");
  }

  private static List<Example> examples(int count, long seed) {
    var random = new SplittableRandom(seed);
    var examples = new ArrayList<Example>();
    for (int n = 0; n < count; n++) {
      var values = new float[INPUTS];
      for (int i = 0; i < INPUTS; i++) {
        values[i] = (float) random.nextDouble(-1, 1);
      }
      examples.add(
          new Example("image-" + n, Embedding.copyOf(values), values[0] > values[1], "d" + n % 3));
    }
    return examples;
  }
}
