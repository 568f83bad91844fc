package dev.headwater.learner.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.event.ModelCommand;
import dev.headwater.event.ModelCommand.Action;
import dev.headwater.event.ModelEvent.Kind;
import dev.headwater.event.ModelVersion;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.head.DenseHead;
import dev.headwater.head.HeadParameters;
import dev.headwater.learner.DrawnClasses;
import dev.headwater.learner.LearnerFixture;
import dev.headwater.learner.model.ReleaseRules;
import dev.headwater.snapshot.Snapshot;
import dev.headwater.snapshot.SnapshotFile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What can be asked of a model, one command after the other. */
class CommandsTest {
  private static final int INPUTS = 12;
  private static final DrawnClasses DATA = DrawnClasses.of(INPUTS, 1_200, 3);

  private final LearnerFixture model =
      new LearnerFixture(INPUTS, PromotionPolicy.CONTINUOUS, ReleaseRules.DEFAULT);
  private int next;

  private void label(int count) {
    for (int end = next + count; next < end; next++) {
      var image = DATA.learnt().get(next);
      model.take(image.embedding(), image.positive());
    }
  }

  private static byte[] file(double bias, String backbone, List<String> classes) {
    var zeros = HeadParameters.zeros(INPUTS, DenseHead.HIDDEN);
    var head =
        new DenseHead(
            new HeadParameters(
                zeros.copyOfKernel(), zeros.copyOfBias(), zeros.copyOfBias(), (float) bias));
    return SnapshotFile.write(
        new Snapshot(
            "elsewhere",
            7,
            6,
            backbone,
            false,
            classes,
            0.3,
            120,
            Optional.empty(),
            Optional.empty(),
            LearnerFixture.TIME,
            "training",
            head));
  }

  private static byte[] file(double bias) {
    return file(bias, LearnerFixture.FINGERPRINT, List.of("negative", "positive"));
  }

  @Test
  void shouldKeepTheNewestVersionsAndTheirLineage() {
    label(1_000);
    var kept = model.release().newestFirst();
    assertThat(kept).hasSize(10);
    long newest = model.newest().version();
    assertThat(kept).extracting(ModelVersion::version).startsWith(newest, newest - 1);
    assertThat(kept).extracting(ModelVersion::parent).startsWith(newest - 1, newest - 2);
    assertThat(kept.get(0).served()).isTrue();
    assertThat(kept.get(1).served()).isFalse();
    assertThat(kept.get(0).createdBy()).isEqualTo("training");
    assertThat(kept.get(0).examples()).isEqualTo(model.newest().examples());
    assertThat(kept.get(0).backbone()).isEqualTo(LearnerFixture.FINGERPRINT);
    assertThat(model.versionRecords().keySet().stream().filter(k -> k.contains("/version/")))
        .hasSize(10);
  }

  @Test
  void shouldPromoteAKeptVersionAndRefuseOneThatIsNot() {
    label(800);
    long third = model.newest().version() - 3;
    var answer = model.command(Action.PROMOTE, third);
    assertThat(answer.kind()).isEqualTo(Kind.PROMOTED);
    assertThat(answer.served()).isEqualTo(third);
    assertThat(model.served().version()).isEqualTo(third);

    var refused = model.command(Action.PROMOTE, 1);
    assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
    assertThat(refused.message()).startsWith("version 1 of model m is not kept, expected one of [");
    assertThat(model.served().version()).isEqualTo(third);
  }

  @Test
  void shouldStayAtThePinnedVersionAndKeepItHoweverOld() {
    label(200);
    long pinned = model.served().version();
    assertThat(model.command(Action.PIN).kind()).isEqualTo(Kind.PINNED);
    label(900);
    assertThat(model.newest().version()).isGreaterThan(pinned + 10);
    assertThat(model.served().version()).isEqualTo(pinned);
    assertThat(model.release().newestFirst()).extracting(ModelVersion::version).contains(pinned);

    assertThat(model.command(Action.UNPIN).kind()).isEqualTo(Kind.UNPINNED);
    label(100);
    assertThat(model.served().version()).isGreaterThan(pinned);
  }

  @Test
  void shouldRollBackToTheVersionBeforeUnlessOneIsNamed() {
    label(300);
    var history = model.release().history();
    long before = history.get(history.size() - 2);
    var answer = model.command(Action.ROLLBACK);
    assertThat(answer.kind()).isEqualTo(Kind.ROLLED_BACK);
    assertThat(answer.version()).isEqualTo(before);
    assertThat(model.served().version()).isEqualTo(before);
    assertThat(model.release().pinned()).isTrue();
  }

  @Test
  void shouldRollBackToWhatServedAndNotToWhatNeverDid() {
    model.policy("manual");
    label(300);
    long first = model.newest().version() - 2;
    model.command(Action.PROMOTE, first);
    model.threshold("0.4");
    assertThat(model.served().version()).isGreaterThan(first + 2);
    assertThat(model.command(Action.ROLLBACK).version())
        .as("before the threshold")
        .isEqualTo(first);
    assertThat(model.command(Action.ROLLBACK).message())
        .startsWith("no version of model m is kept that was in service before version " + first);
  }

  @Test
  void shouldNotGoForwardWhereItWentBackToWhatNeverServed() {
    model.policy("manual");
    label(300);
    long newest = model.newest().version();
    model.command(Action.PROMOTE, newest - 4);
    model.command(Action.PROMOTE, newest);
    model.command(Action.ROLLBACK, newest - 2);
    assertThat(model.command(Action.ROLLBACK).version()).isEqualTo(newest - 4);
  }

  @Test
  void shouldGoBackOneVersionFurtherWithEachRollback() {
    label(400);
    var history = model.release().history();
    for (int back = 2; back <= 4; back++) {
      assertThat(model.command(Action.ROLLBACK).version())
          .isEqualTo(history.get(history.size() - back));
    }
    model.command(Action.UNPIN);
    label(200);
    long good = history.get(history.size() - 4);
    assertThat(model.release().history())
        .contains(good)
        .doesNotContain(history.get(history.size() - 1));
  }

  @Test
  void shouldGoOnLearningHoweverLittleThereIsToHoldOut() {
    label(400);
    model.command(Action.RESET);
    label(5);
    model.policy("gated");
    model.flush();
    label(20);
    model.flush();
    assertThat(model.newest().examples()).isEqualTo(425);
  }

  @Test
  void shouldRefuseSomethingElseUnderAnIdThatWasAnswered() {
    label(300);
    assertThat(model.request(ModelCommand.of("one", "m", Action.PIN)).kind())
        .isEqualTo(Kind.PINNED);
    var other = model.request(ModelCommand.of("one", "m", Action.UNPIN));
    assertThat(other.kind()).isEqualTo(Kind.REFUSED);
    assertThat(other.message()).contains("under the id 'one'");
    assertThat(model.release().pinned()).isTrue();
    assertThat(model.request(ModelCommand.of("one", "m", Action.PIN)).kind())
        .isEqualTo(Kind.PINNED);
  }

  @Test
  void shouldCarryOutACommandOnceHoweverOftenItComes() {
    label(300);
    long served = model.served().version();
    var command = ModelCommand.of("once", "m", Action.ROLLBACK);
    var first = model.request(command);
    model.restart();
    var second = model.request(command);
    assertThat(second.kind()).isEqualTo(first.kind());
    assertThat(second.version()).isEqualTo(first.version()).isEqualTo(served - 1);
    assertThat(second.message()).endsWith("(answered before)");
    assertThat(model.served().version()).isEqualTo(served - 1);
  }

  @Test
  void shouldServeAnImportedHeadUntilALaterOneIsNotWorse() {
    label(300);
    var answer = model.importFile(file(-4));
    assertThat(answer.kind()).isEqualTo(Kind.IMPORTED);
    assertThat(model.served().createdBy()).isEqualTo("import");
    assertThat(model.served().model()).isEqualTo("m");
    assertThat(model.served().version()).isEqualTo(answer.version());
    assertThat(model.served().threshold()).isEqualTo(0.3);
    assertThat(model.made()).last().isEqualTo(model.served());
    assertThat(DATA.accuracy(model.served())).isLessThan(0.6);

    label(20);
    assertThat(model.served().version()).isEqualTo(answer.version());
    label(150);
    assertThat(model.served().version()).isGreaterThan(answer.version());
  }

  @Test
  void shouldRefuseWhatDoesNotFitEachWithItsOwnSentence() {
    label(300);
    var served = model.served();
    assertRefused(
        file(0, "cd".repeat(32), List.of("negative", "positive")),
        "the head understands backbone cdcdcdcdcdcd, this service runs abababababab");
    assertRefused(
        file(0, LearnerFixture.FINGERPRINT, List.of("positive", "negative")),
        "the head's classes are [positive, negative], the model's are [negative, positive]");
    assertRefused(new byte[] {(byte) 0x80, 4, 1, 2, 3, 4, 5, 6, 7}, "this is a pickled file");
    assertThat(model.served()).isEqualTo(served);
  }

  @Test
  void shouldAnswerInOneBoundedSentenceWhateverAFileSays() {
    label(300);
    String stranger = "\uD83D\uDE00\u0007".repeat(20_000);
    var answer =
        model.importFile(
            file(0, LearnerFixture.FINGERPRINT, List.of(stranger + "a", stranger + "b")));
    assertThat(answer.kind()).isEqualTo(Kind.REFUSED);
    assertThat(answer.message().codePointCount(0, answer.message().length())).isEqualTo(500);
    assertThat(answer.message()).doesNotContain("\u0007");
    assertThat(model.release().replies()).allMatch(one -> one.message().length() < 1_001);
  }

  @Test
  void shouldForgetByLabelsAndNotWhatAnImportStandsOn() {
    label(400);
    long good = model.served().version();
    var imported = model.importFile(file(-4));
    var lower = model.threshold("0.2");
    assertThat(model.served().parent()).isEqualTo(imported.version());
    long learnt = model.newest().examples();
    label(10);
    assertThat(model.command(Action.ROLLBACK, lower.version()).message())
        .doesNotContain("forgotten");
    label(64);
    assertThat(DATA.accuracy(model.newest())).isGreaterThan(0.85);
    assertThat(model.newest().examples()).isGreaterThan(learnt);
    assertThat(model.newest().parent()).as("training never stood on the import").isEqualTo(good);

    assertThat(model.command(Action.ROLLBACK, good).message())
        .contains("what was learnt after it is forgotten");
    label(64);
    assertThat(model.newest().parent()).isEqualTo(good);
  }

  private void assertRefused(byte[] file, String why) {
    var answer = model.importFile(file);
    assertThat(answer.kind()).isEqualTo(Kind.REFUSED);
    assertThat(answer.message()).startsWith("the import for model m is refused: " + why);
  }

  @Test
  void shouldMakeAVersionOfAnotherThreshold() {
    label(300);
    var before = model.served();
    var answer = model.threshold("0.7");
    assertThat(answer.kind()).isEqualTo(Kind.THRESHOLD_CHANGED);
    assertThat(model.served().version()).isEqualTo(before.version() + 1);
    assertThat(model.served().parent()).isEqualTo(before.version());
    assertThat(model.served().threshold()).isEqualTo(0.7);
    assertThat(model.served().head()).isEqualTo(before.head());
    label(100);
    assertThat(model.served().version()).isGreaterThan(answer.version());
    assertThat(model.served().threshold()).as("of those that follow").isEqualTo(0.7);
    assertThat(model.threshold("2").message()).contains("expected more than 0 and less than 1");
    model.threshold("configured");
    assertThat(model.served().threshold()).isEqualTo(0.5);
  }

  @Test
  void shouldPromoteByThePolicyThatIsCommanded() {
    label(300);
    long served = model.served().version();
    assertThat(model.policy("manual").kind()).isEqualTo(Kind.POLICY_CHANGED);
    label(200);
    assertThat(model.served().version()).isEqualTo(served);
    model.restart();
    label(100);
    assertThat(model.served().version()).isEqualTo(served);
    model.policy("configured");
    label(100);
    assertThat(model.served().version()).isEqualTo(model.newest().version());
    var refused = model.policy("rash");
    assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
    assertThat(refused.message())
        .isEqualTo("policy 'rash', expected continuous, gated or manual, or configured");
  }

  @Test
  void shouldBeginAnewAndServeTheOldHeadMeanwhile() {
    label(400);
    var served = model.served();
    assertThat(model.command(Action.RESET).kind()).isEqualTo(Kind.RESET);
    assertThat(model.served()).isEqualTo(served);
    label(64);
    assertThat(DATA.accuracy(model.newest())).isLessThan(DATA.accuracy(served) + 0.02);
    label(600);
    assertThat(model.served().version()).isGreaterThan(served.version());
    assertThat(DATA.accuracy(model.served())).isGreaterThan(DATA.accuracy(served) - 0.03);
  }

  @Test
  void shouldRefuseWhatCannotBeDoneBeforeThereIsAVersion() {
    var image = DATA.learnt().get(0);
    model.take(image.embedding(), image.positive());
    assertThat(model.isServed()).isFalse();
    assertThat(model.command(Action.PIN).kind()).isEqualTo(Kind.REFUSED);
    assertThat(model.command(Action.ROLLBACK).kind()).isEqualTo(Kind.REFUSED);
    assertThat(model.command(Action.PROMOTE, 1).message())
        .startsWith("version 1 of model m is not kept, expected one of []");
  }

  @Test
  void shouldGiveTheSameAnswersWhereverTheProcessRestarts() {
    var steady = new LearnerFixture(INPUTS, PromotionPolicy.GATED, ReleaseRules.DEFAULT);
    var restarting = new LearnerFixture(INPUTS, PromotionPolicy.GATED, ReleaseRules.DEFAULT);
    for (int n = 0; n < 500; n++) {
      var image = DATA.learnt().get(n);
      steady.take(image.embedding(), image.positive());
      restarting.take(image.embedding(), image.positive());
      if (n % 150 == 149) {
        steady.command(Action.ROLLBACK);
        restarting.command(Action.ROLLBACK);
        steady.command(Action.UNPIN);
        restarting.command(Action.UNPIN);
      }
      if (n % 7 == 0) {
        restarting.restart();
      }
    }
    assertThat(restarting.made()).isEqualTo(steady.made());
    assertThat(restarting.life()).isEqualTo(steady.life());
    assertThat(restarting.release()).isEqualTo(steady.release());
  }
}
