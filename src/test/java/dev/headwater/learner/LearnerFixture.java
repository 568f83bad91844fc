package dev.headwater.learner;

import dev.headwater.backbone.Embedding;
import dev.headwater.event.LifeEvent;
import dev.headwater.event.ModelCommand;
import dev.headwater.event.ModelEvent;
import dev.headwater.event.ModelRequest;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.event.RejectedException;
import dev.headwater.event.SnapshotImport;
import dev.headwater.head.DecisionRule;
import dev.headwater.head.LearnerSettings;
import dev.headwater.learner.model.ExampleStore;
import dev.headwater.learner.model.HeapStore;
import dev.headwater.learner.model.LearnerByteStores;
import dev.headwater.learner.model.LearnerInput;
import dev.headwater.learner.model.LearnerInput.Corrected;
import dev.headwater.learner.model.LearnerInput.Observation;
import dev.headwater.learner.model.LearnerInput.Requested;
import dev.headwater.learner.model.LearnerInputCodec;
import dev.headwater.learner.model.LearnerOutput;
import dev.headwater.learner.model.LearnerOutput.NewEvent;
import dev.headwater.learner.model.LearnerOutput.NewSnapshot;
import dev.headwater.learner.model.LearnerOutput.Promoted;
import dev.headwater.learner.model.LearnerStores;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ModelSettings;
import dev.headwater.learner.model.ReleaseRules;
import dev.headwater.learner.release.Model;
import dev.headwater.learner.release.ReleaseRecord;
import dev.headwater.snapshot.Snapshot;
import dev.headwater.snapshot.SnapshotException;
import dev.headwater.snapshot.SnapshotFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The learner of one model without Kafka, and what a service would serve of it. */
public final class LearnerFixture {
  public static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
  public static final String FINGERPRINT = LearnerSetup.FINGERPRINT;

  private static final String NAME = "m";

  private final int inputs;
  private final PromotionPolicy policy;
  private final ReleaseRules rules;
  private Optional<DecisionRule> configured = Optional.empty();
  private LearnerByteStores<HeapStore> saved = LearnerByteStores.of(name -> new HeapStore());
  private ModelLearner learner;
  private Model model;
  private final List<Snapshot> made = new ArrayList<>();
  private final List<ModelEvent> events = new ArrayList<>();
  private Optional<Snapshot> served = Optional.empty();
  private int images;
  private int commands;

  /**
   * @param inputs length of an embedding
   */
  public LearnerFixture(int inputs, PromotionPolicy policy, ReleaseRules rules) {
    this.inputs = inputs;
    this.policy = policy;
    this.rules = rules;
    restart();
  }

  /** Goes on from what was saved, in another process. */
  public void restart() {
    if (model != null) {
      model.save();
    }
    saved = saved.through(HeapStore::reopened);
    learner =
        LearnerSetup.of(inputs)
            .settings(LearnerSettings.DEFAULT)
            .catalog(new ModelCatalog(configured(), true, 10, policy))
            .rules(rules)
            .learner();
    model = learner.open(new LearnerStores(NAME, saved, new ExampleStore.Cache()));
  }

  /** The same, and starts anew with another threshold configured. */
  public void restart(DecisionRule rule) {
    configured = Optional.of(rule);
    restart();
  }

  private List<ModelSettings> configured() {
    return configured.stream()
        .map(rule -> new ModelSettings(NAME, "negative", "positive", rule, policy))
        .toList();
  }

  /** Takes one labelled image, which the head in service predicts first. */
  public String take(Embedding embedding, boolean positive) {
    var image = observation("image " + images++, embedding, positive);
    accept(image);
    return image.imageId();
  }

  /** Asks for a snapshot, as the clock does once labels have waited. */
  public void flush() {
    accept(new LearnerInput.Flush(images));
  }

  /** Takes another label for an image. */
  public void correct(String imageId, Embedding embedding, boolean positive) {
    accept(new Corrected(observation(imageId, embedding, positive)));
  }

  private Observation observation(String imageId, Embedding embedding, boolean positive) {
    double probability = served.map(s -> s.head().probability(embedding)).orElse(0.5);
    return new Observation(
        imageId,
        "default",
        FINGERPRINT,
        embedding,
        Optional.of(positive),
        probability,
        served.map(Snapshot::version).orElse(0L),
        served.map(s -> probability >= s.threshold()));
  }

  /** Carries out a command with an id of its own, and returns the answer. */
  public LifeEvent command(ModelCommand.Action action) {
    return request(ModelCommand.of("c-" + commands++, NAME, action));
  }

  public LifeEvent command(ModelCommand.Action action, long version) {
    return request(ModelCommand.of("c-" + commands++, NAME, action, version));
  }

  public LifeEvent threshold(String threshold) {
    return request(
        new ModelCommand(
            "c-" + commands++,
            NAME,
            ModelCommand.Action.THRESHOLD,
            Optional.empty(),
            Optional.of(threshold),
            Optional.empty()));
  }

  public LifeEvent policy(String name) {
    return request(
        new ModelCommand(
            "c-" + commands++,
            NAME,
            ModelCommand.Action.POLICY,
            Optional.empty(),
            Optional.empty(),
            Optional.of(name)));
  }

  public LifeEvent importFile(byte[] file) {
    return request(new SnapshotImport("c-" + commands++, NAME, file));
  }

  /** Carries out a request, and returns the answer. */
  public LifeEvent request(ModelRequest request) {
    int before = events.size();
    accept(new Requested(request));
    var answers =
        events.subList(before, events.size()).stream()
            .map(LifeEvent.class::cast)
            .filter(event -> event.command().equals(Optional.of(request.id())))
            .toList();
    if (answers.size() != 1) {
      throw new AssertionError("expected one answer to " + request.id() + ", found " + answers);
    }
    return answers.get(0);
  }

  private void accept(LearnerInput input) {
    try {
      // Over the wire, as in service.
      var read = LearnerInputCodec.read(LearnerInputCodec.write(input));
      learner.accept(model, read, TIME).forEach(this::take);
    } catch (RejectedException e) {
      throw new AssertionError(e);
    }
  }

  private void take(LearnerOutput output) {
    if (output instanceof NewSnapshot snapshot) {
      made.add(snapshot.snapshot());
    } else if (output instanceof Promoted promoted) {
      served = Optional.of(read(promoted.file()));
    } else if (output instanceof NewEvent event) {
      events.add(event.event());
    }
  }

  private static Snapshot read(byte[] file) {
    try {
      return SnapshotFile.read(file);
    } catch (SnapshotException e) {
      throw new AssertionError(e);
    }
  }

  /** The head in service. */
  public Snapshot served() {
    return served.orElseThrow();
  }

  public boolean isServed() {
    return served.isPresent();
  }

  /** All versions that were made, oldest first. */
  public List<Snapshot> made() {
    return made;
  }

  public Snapshot newest() {
    return made.get(made.size() - 1);
  }

  /** What happened to versions, oldest first. */
  public List<LifeEvent> life() {
    return events.stream().filter(LifeEvent.class::isInstance).map(LifeEvent.class::cast).toList();
  }

  public List<ModelEvent.Kind> kinds() {
    return life().stream().map(LifeEvent::kind).toList();
  }

  public ReleaseRecord release() {
    return model.release().record();
  }

  public Map<String, byte[]> versionRecords() {
    model.save();
    return saved.versions().entries();
  }
}
