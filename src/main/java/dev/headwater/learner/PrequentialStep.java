package dev.headwater.learner;

import dev.headwater.evaluation.Alarm;
import dev.headwater.evaluation.Judgement;
import dev.headwater.event.ErrorCode;
import dev.headwater.event.RejectedException;
import dev.headwater.head.Example;
import dev.headwater.head.OnlineLearner;
import dev.headwater.learner.model.DriftReaction;
import dev.headwater.learner.model.LearnerInput.Observation;
import dev.headwater.learner.model.ModelMemory;
import dev.headwater.learner.model.ScoreBook.Served;
import dev.headwater.learner.release.ComparisonExample;
import dev.headwater.learner.release.Model;
import java.util.List;
import java.util.Optional;

/**
 * What a model learns from one image: first how good its answers were, then the image itself. No
 * answer ever knew the label that it is judged by.
 *
 * @param learner trains
 * @param reaction what an alarm leads to
 */
record PrequentialStep(OnlineLearner learner, DriftReaction reaction) {

  /**
   * Takes an image that was predicted, with its label if it has one.
   *
   * @return whether the weights changed
   */
  boolean observe(Model model, Observation image) {
    var memory = model.memory();
    react(
        memory,
        memory.counted(image.domain()),
        memory.drift().see(image.embedding(), memory.isNew()));
    memory.predicted();
    learner.see(memory, image.embedding());
    return image.positive().isPresent() && testAndLearn(model, image);
  }

  /** Takes the label of an image that was observed before. */
  boolean label(Model model, Observation image) {
    return testAndLearn(model, image);
  }

  private boolean testAndLearn(Model model, Observation image) {
    var memory = model.memory();
    boolean positive = image.positive().orElseThrow();
    double trained = learner.probability(memory, image.embedding());
    var judged =
        new Judgement(
            (float) trained, memory.ensemble().calibration().predictsPositive(trained), positive);
    var served = served(image, positive);
    String domain = memory.scored(image.imageId(), image.domain(), judged, served);
    served.ifPresent(
        answer ->
            react(
                memory,
                domain,
                memory.drift().judge(domain, !answer.judgement().right(), loss(image))));
    return compareOrLearn(model, image, domain, judged);
  }

  /** An image that is held out to compare heads on is not learnt. */
  private boolean compareOrLearn(Model model, Observation image, String domain, Judgement trained) {
    var memory = model.memory();
    var release = model.release();
    long number = OnlineLearner.labels(memory) + 1;
    var compared =
        new ComparisonExample(number, image.imageId(), domain, trained, false, image.embedding());
    release.comparisonSet().add(compared);
    if (!release.holdsOut(number)) {
      return learner.learn(memory, example(image, domain, number));
    }
    release.comparisonSet().holdOut(compared);
    memory.saveExamples(memory.examples() + 1);
    return false;
  }

  /** Leans towards the domain of the image at which a change was found. */
  private void react(ModelMemory memory, String domain, List<Alarm> alarms) {
    if (!alarms.isEmpty() && reaction == DriftReaction.ADAPT) {
      learner.adapt(memory, domain);
    }
  }

  /** The probability that the published answer gave to the wrong class. */
  private static double loss(Observation image) {
    return image.positive().orElseThrow() ? 1 - image.probability() : image.probability();
  }

  /** Takes another label for an image whose label was learnt. */
  boolean correct(Model model, Observation image) {
    var memory = model.memory();
    boolean positive = image.positive().orElseThrow();
    String domain = memory.rescored(image.imageId(), image.domain(), positive);
    long number = OnlineLearner.labels(memory) + 1;
    if (model.release().comparisonSet().relabel(image.imageId(), domain, positive, number)) {
      memory.saveCorrections(memory.corrections() + 1);
      return false;
    }
    return learner.correct(memory, example(image, domain, number));
  }

  private static Example example(Observation image, String domain, long number) {
    return new Example(
        image.imageId(), image.embedding(), image.positive().orElseThrow(), domain, number);
  }

  /** The published answer counts for the version that gave it; an untrained head gives none. */
  private static Optional<Served> served(Observation image, boolean positive) {
    if (image.snapshotVersion() == 0) {
      return Optional.empty();
    }
    boolean predicted = image.predictedPositive().orElseThrow();
    var judged = new Judgement((float) image.probability(), predicted, positive);
    return Optional.of(new Served(image.snapshotVersion(), judged));
  }

  /**
   * Refuses an image of another backbone than the model's head, before anything is changed.
   *
   * @throws RejectedException if it is one
   */
  static void requireBackbone(ModelMemory memory, Observation image) throws RejectedException {
    String expected = memory.backbone();
    if (!image.backbone().equals(expected)) {
      throw new RejectedException(
          ErrorCode.BACKBONE_MISMATCH,
          "image %s was embedded by backbone %.12s, the head of model %s was trained on %.12s; start with that one's weights"
              .formatted(image.imageId(), image.backbone(), memory.model(), expected));
    }
    int size = image.embedding().size();
    int inputs = memory.training().weights().inputs();
    if (size != inputs) {
      throw new RejectedException(
          ErrorCode.EVENT_MALFORMED,
          "image %s has an embedding of %d values, the head of model %s expects %d"
              .formatted(image.imageId(), size, memory.model(), inputs));
    }
  }
}
