package dev.headwater.learner.model;

import dev.headwater.evaluation.Judgement;
import dev.headwater.head.DecisionRule;
import dev.headwater.head.Ensemble;
import dev.headwater.head.Example;
import dev.headwater.head.Focus;
import dev.headwater.head.InputStatistics;
import dev.headwater.head.LearnerMemory;
import dev.headwater.head.Reservoir;
import dev.headwater.head.TrainingState;
import dev.headwater.learner.model.ScoreBook.Served;
import dev.headwater.learner.release.ReleaseState;
import java.util.List;
import java.util.Optional;

/**
 * What the learner remembers of one model while it takes one input; {@link #save} makes it last.
 *
 * <p>Tensors, examples and scores are written as they change, a record each; everything small is
 * written once, as {@link ModelState}, by {@code save}.
 */
public final class ModelMemory implements LearnerMemory {
  private final String model;
  private final LearnerStores stores;
  private final String backbone;
  private final boolean reducedQuality;
  private final ScoreBook scores;
  private long examples;
  private long predictions;
  private long repeated;
  private long corrections;
  private long version;
  private long snapshotLessons;
  private int pending;
  private Reservoir reservoir;
  private TrainingState training;
  private InputStatistics statistics;
  private DecisionRule decisionRule;
  private final boolean lacksDiscriminant;
  private Ensemble blend;
  private Focus focus;
  private final DriftWatch drift;
  private final ReleaseState versions;

  public ModelMemory(
      String model,
      LearnerStores stores,
      ModelState progress,
      TrainingState training,
      InputStatistics statistics,
      ReleaseState versions) {
    this.model = model;
    this.stores = stores;
    this.versions = versions;
    this.training = training;
    this.statistics = statistics;
    scores = stores.scores(model, progress);
    drift = new DriftWatch(model, stores.detectors());
    backbone = progress.backbone();
    reducedQuality = progress.reducedQuality();
    examples = progress.examples();
    predictions = progress.predictions();
    repeated = progress.repeated();
    corrections = progress.corrections();
    version = progress.version();
    snapshotLessons = progress.snapshotLessons();
    pending = progress.pending();
    reservoir = progress.reservoir();
    decisionRule = versions.rule();
    var known = stores.blend(model);
    lacksDiscriminant = known.isEmpty() && training.steps() > 0;
    blend =
        known
            .map(this::asRuled)
            .orElseGet(() -> Ensemble.initial(training.weights().inputs(), decisionRule));
    focus = progress.focus() == null ? Focus.NONE : progress.focus();
  }

  /** A threshold that is configured applies at once; one that is tuned, from the next fit on. */
  private Ensemble asRuled(Ensemble saved) {
    return decisionRule instanceof DecisionRule.Fixed fixed
        ? saved.with(saved.calibration().withThreshold(fixed.threshold()))
        : saved;
  }

  /** Whether an earlier build, which had no linear half, has trained this model. */
  public boolean lacksDiscriminant() {
    return lacksDiscriminant;
  }

  /** Everything small, as it is now. */
  public ModelState progress() {
    return new ModelState(
        ModelState.FORMAT,
        backbone,
        reducedQuality,
        examples,
        predictions,
        repeated,
        corrections,
        version,
        snapshotLessons,
        pending,
        training.steps(),
        null,
        reservoir,
        focus.equals(Focus.NONE) ? null : focus);
  }

  public void save() {
    stores.saveProgress(model, progress());
    versions.save();
  }

  public String model() {
    return model;
  }

  /** The versions of the model, and which one serves. */
  public ReleaseState versions() {
    return versions;
  }

  /** Number of the newest version; 0 for none. */
  public long version() {
    return version;
  }

  /** Returns the number of a version that is made now. */
  public long nextVersion() {
    return ++version;
  }

  /** Takes another rule, which a threshold that it fixes follows at once. */
  public void decideBy(DecisionRule rule) {
    decisionRule = rule;
    saveBlend(asRuled(blend));
  }

  /** Counts one prediction. */
  public void predicted() {
    predictions++;
  }

  /** Returns the name that a domain is counted by. */
  public String counted(String domain) {
    return scores.counted(domain);
  }

  /** Watches for drift at this input. */
  public DriftWatch drift() {
    return drift;
  }

  /** Whether no image of the model was predicted before. */
  public boolean isNew() {
    return predictions == 0;
  }

  /** Counts one image that came again. */
  public void repeated() {
    repeated++;
  }

  /**
   * Counts how one labelled image was answered, which is remembered in case the label changes.
   *
   * @param served what was published; empty if no trained head made it
   * @return the domain as it is counted
   */
  public String scored(String imageId, String domain, Judgement trained, Optional<Served> served) {
    var answer = scores.add(domain, trained, served);
    stores.answers().add(model, imageId, answer);
    return answer.domain();
  }

  /**
   * Judges anew how one image was answered, whose label has changed.
   *
   * @return the domain as it is counted
   */
  public String rescored(String imageId, String domain, boolean positive) {
    var answers = stores.answers();
    answers
        .find(model, imageId)
        .ifPresent(
            answer -> {
              scores.relabel(answer, positive);
              answers.replace(model, imageId, answer.relabelled(positive));
            });
    return counted(domain);
  }

  /** How good the answers were so far. */
  public ScoreBook scores() {
    return scores;
  }

  /** Examples and corrections taken when the newest snapshot was made. */
  public long snapshotLessons() {
    return snapshotLessons;
  }

  /** Counts one snapshot of the head as it is now. */
  public void snapshotTaken() {
    nextVersion();
    snapshotLessons = lessons();
  }

  /** What was taken changes no head, so that no snapshot has to wait for it. */
  public void nothingToSnapshot() {
    snapshotLessons = lessons();
  }

  /** Examples and corrections taken. */
  public long lessons() {
    return examples + corrections;
  }

  @Override
  public TrainingState training() {
    return training;
  }

  @Override
  public void saveTraining(TrainingState state) {
    training = state;
    stores.saveTraining(model, state);
  }

  @Override
  public Ensemble blend() {
    return blend;
  }

  @Override
  public void saveBlend(Ensemble next) {
    stores.saveBlend(model, blend, next);
    blend = next;
  }

  @Override
  public Focus focus() {
    return focus;
  }

  @Override
  public void saveFocus(Focus next) {
    focus = next;
  }

  @Override
  public DecisionRule decisionRule() {
    return decisionRule;
  }

  @Override
  public InputStatistics statistics() {
    return statistics;
  }

  @Override
  public void saveStatistics(InputStatistics next) {
    statistics = next;
    stores.saveStatistics(model, next);
  }

  @Override
  public List<Example> pending() {
    return stores.examples().pending(model, pending);
  }

  @Override
  public int pendingCount() {
    return pending;
  }

  @Override
  public void addPending(Example example) {
    stores.examples().save(ExampleStore.pendingKey(model, pending), example);
    pending++;
  }

  @Override
  public void replacePending(int index, Example example) {
    stores.examples().save(ExampleStore.pendingKey(model, index), example);
  }

  @Override
  public void clearPending() {
    pending = 0;
  }

  @Override
  public Reservoir reservoir() {
    return reservoir;
  }

  @Override
  public void saveReservoir(Reservoir next) {
    reservoir = next;
  }

  @Override
  public Example slot(Reservoir.Slot slot) {
    return stores.examples().get(ExampleStore.slotKey(model, slot));
  }

  @Override
  public void saveSlot(Reservoir.Slot slot, Example example) {
    stores.examples().save(ExampleStore.slotKey(model, slot), example);
  }

  @Override
  public void deleteSlot(Reservoir.Slot slot) {
    stores.examples().delete(ExampleStore.slotKey(model, slot));
  }

  @Override
  public long examples() {
    return examples;
  }

  @Override
  public void saveExamples(long count) {
    examples = count;
  }

  @Override
  public long corrections() {
    return corrections;
  }

  @Override
  public void saveCorrections(long count) {
    corrections = count;
  }
}
