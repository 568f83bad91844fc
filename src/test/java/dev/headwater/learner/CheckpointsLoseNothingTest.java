package dev.headwater.learner;

import static dev.headwater.event.PromotionPolicy.CONTINUOUS;
import static dev.headwater.event.PromotionPolicy.GATED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.backbone.Embedding;
import dev.headwater.event.DriftEvent;
import dev.headwater.event.Evaluation;
import dev.headwater.event.LifeEvent;
import dev.headwater.event.ModelCommand;
import dev.headwater.event.ModelCommand.Action;
import dev.headwater.event.ModelEvent.Kind;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.event.SnapshotImport;
import dev.headwater.head.DenseHead;
import dev.headwater.head.LearnerSettings;
import dev.headwater.learner.model.LearnerInput;
import dev.headwater.learner.model.LearnerInput.Corrected;
import dev.headwater.learner.model.LearnerInput.Flush;
import dev.headwater.learner.model.LearnerInput.Labelled;
import dev.headwater.learner.model.LearnerInput.Observation;
import dev.headwater.learner.model.LearnerInput.Repeated;
import dev.headwater.learner.model.LearnerInput.Requested;
import dev.headwater.snapshot.Snapshot;
import dev.headwater.snapshot.SnapshotFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A live model is all in its checkpoint: whoever writes it and opens it anew after each input gets
 * the same outputs and stores to the bit as who never does.
 */
class CheckpointsLoseNothingTest {
  private static final int INPUTS = 12;
  private static final int IMAGES = 420;
  private static final DrawnClasses DATA = DrawnClasses.of(INPUTS, IMAGES, 11);

  /** From here on published predictions are wrong, and images look different. */
  private static final int SHIFT = 220;

  private static final int SHIFT_ENDS = 300;

  private static LearnerSetup setup(PromotionPolicy policy) {
    return LearnerSetup.of(INPUTS)
        .settings(new LearnerSettings(4, 1, 60, 5))
        .snapshotEvery(24)
        .policy(policy);
  }

  @ParameterizedTest
  @EnumSource(
      value = PromotionPolicy.class,
      names = {"CONTINUOUS", "GATED"})
  void shouldGiveTheSameToTheBitWhereEachInputIsFollowedByACheckpoint(PromotionPolicy policy) {
    var steady = new LearnerProcess(setup(policy));
    var reopened = new LearnerProcess(setup(policy));
    for (var input : inputs(policy)) {
      steady.accept("m", input);
      reopened.accept("m", input);
      reopened = reopened.rested().restarted();
    }
    reopened.rested().assertSameAs(steady.rested());
    assertEverythingHappened(steady.outputs());
  }

  private static void assertEverythingHappened(List<Object> outputs) {
    assertThat(outputs).hasAtLeastOneElementOfType(Evaluation.class);
    assertThat(outputs).hasAtLeastOneElementOfType(DriftEvent.class);
    var kinds =
        outputs.stream()
            .filter(LifeEvent.class::isInstance)
            .map(event -> ((LifeEvent) event).kind())
            .toList();
    assertThat(kinds)
        .contains(
            Kind.PROMOTED,
            Kind.HELD,
            Kind.PINNED,
            Kind.UNPINNED,
            Kind.ROLLED_BACK,
            Kind.THRESHOLD_CHANGED,
            Kind.POLICY_CHANGED,
            Kind.IMPORTED,
            Kind.RESET,
            Kind.REFUSED);
  }

  /** What is asked of the model, by the number of images before it. */
  private static Map<Integer, Requested> requests(PromotionPolicy policy) {
    String other = policy == GATED ? "continuous" : "gated";
    var requests =
        List.of(
            command(2, Action.PIN),
            command(31, Action.ROLLBACK),
            command(90, Action.PIN),
            command(110, Action.UNPIN),
            command(150, Action.ROLLBACK),
            command(160, Action.UNPIN),
            command(170, Action.THRESHOLD, Optional.of("0.4"), Optional.empty()),
            command(180, Action.POLICY, Optional.empty(), Optional.of(other)),
            command(215, Action.POLICY, Optional.empty(), Optional.of("configured")),
            new SnapshotImport("320", "m", file()),
            command(350, Action.RESET),
            command(370, Action.THRESHOLD, Optional.of("best-f1"), Optional.empty()));
    return requests.stream()
        .collect(Collectors.toMap(one -> Integer.valueOf(one.id()), Requested::new));
  }

  /**
   * @param after so many images, which is its id as well
   */
  private static ModelCommand command(int after, Action action) {
    return command(after, action, Optional.empty(), Optional.empty());
  }

  private static ModelCommand command(
      int after, Action action, Optional<String> threshold, Optional<String> policy) {
    return new ModelCommand("" + after, "m", action, Optional.empty(), threshold, policy);
  }

  private static byte[] file() {
    return SnapshotFile.write(
        new Snapshot(
            "elsewhere",
            1,
            0,
            LearnerSetup.FINGERPRINT,
            false,
            List.of("negative", "positive"),
            0.5,
            8,
            Optional.empty(),
            Optional.empty(),
            LearnerProcess.TIME,
            "training",
            DenseHead.initial(INPUTS, 3)));
  }

  /**
   * Images of two domains, of which some have no label at first; labels that come late,
   * corrections, repetitions, flushes and requests between them.
   */
  private static List<LearnerInput> inputs(PromotionPolicy policy) {
    var inputs = new ArrayList<LearnerInput>();
    var requests = requests(policy);
    for (int n = 0; n < IMAGES; n++) {
      inputs.add(image(n, n % 10 == 9 ? Optional.empty() : Optional.of(label(n))));
      addAfter(inputs, n);
      if (requests.containsKey(n)) {
        inputs.add(requests.get(n));
      }
    }
    return inputs;
  }

  private static void addAfter(List<LearnerInput> inputs, int n) {
    if (n % 10 == 5 && n > 20) {
      inputs.add(new Labelled(image(n - 6, Optional.of(label(n - 6)))));
    }
    if (n % 14 == 13) {
      inputs.add(new Corrected(image(n - 3, Optional.of(!label(n - 3)))));
    }
    if (n % 9 == 8) {
      inputs.add(new Repeated());
    }
    if (n % 37 == 36) {
      inputs.add(new Flush(n));
    }
  }

  private static boolean label(int n) {
    return DATA.learnt().get(n).positive();
  }

  private static Observation image(int n, Optional<Boolean> label) {
    boolean isShifted = n >= SHIFT && n < SHIFT_ENDS;
    float[] values = DATA.learnt().get(n).embedding().toArray();
    values[INPUTS - 1] += isShifted ? 9 : 0;
    boolean predicted = isShifted != label(n);
    return new Observation(
        "image-" + n,
        n % 3 == 0 ? "photo" : "sketch",
        LearnerSetup.FINGERPRINT,
        Embedding.copyOf(values),
        label,
        predicted ? 0.75 : 0.25,
        n / 30,
        Optional.of(predicted));
  }

  @Test
  void shouldNeverShowATornStateToAnotherThread() throws Exception {
    var process = new LearnerProcess(setup(CONTINUOUS));
    var inputs = inputs(CONTINUOUS).subList(0, 200);
    process.accept("m", inputs.get(0));
    var isFed = new AtomicBoolean();
    var reader = Executors.newSingleThreadExecutor();
    try {
      var views = reader.submit((Callable<Integer>) () -> viewUntil(isFed, process));
      for (var input : inputs.subList(1, inputs.size())) {
        process.accept("m", input);
      }
      isFed.set(true);
      assertThat(views.get(60, TimeUnit.SECONDS)).isPositive();
    } finally {
      isFed.set(true);
      reader.shutdownNow();
    }
    assertWhole(process.view("m").orElseThrow());
  }

  private static int viewUntil(AtomicBoolean isFed, LearnerProcess process) {
    int views = 0;
    do {
      assertWhole(process.view("m").orElseThrow());
      views++;
    } while (!isFed.get());
    return views;
  }

  /** Each label is counted once among the examples, and scored once: overall and in its domain. */
  private static void assertWhole(ModelView view) {
    var scores = view.scores();
    long examples = view.state().counts().examples();
    assertThat(scores.trained().examples()).isEqualTo(examples);
    assertThat(
            scores.index().domains().stream()
                .mapToLong(domain -> scores.domain(domain).examples())
                .sum())
        .isEqualTo(examples);
    assertThat(view.release().newestFirst().stream().mapToLong(version -> version.version()).max())
        .satisfies(newest -> assertThat(newest.orElse(0)).isEqualTo(view.state().version()));
  }
}
