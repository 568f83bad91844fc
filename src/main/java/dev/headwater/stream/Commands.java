package dev.headwater.stream;

import dev.headwater.event.Fields;
import dev.headwater.event.LifeEvent;
import dev.headwater.event.ModelCommand;
import dev.headwater.event.ModelEvent.Kind;
import dev.headwater.event.ModelRequest;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.event.RejectedException;
import dev.headwater.event.SnapshotImport;
import dev.headwater.head.DecisionRule;
import dev.headwater.head.OnlineLearner;
import dev.headwater.snapshot.SnapshotException;
import dev.headwater.snapshot.SnapshotFile;
import dev.headwater.stream.LearnerOutput.NewEvent;
import dev.headwater.stream.LearnerOutput.NewSnapshot;
import dev.headwater.stream.LearnerOutput.Promoted;
import dev.headwater.stream.Standing.Answered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Carries out what is asked of a model, and answers each request with one event.
 *
 * @param imports makes versions of heads from elsewhere
 * @param catalog the models
 * @param learner forgets what was learnt
 */
record Commands(Imports imports, ModelCatalog catalog, OnlineLearner learner) {
  /** Takes a command back: what is configured applies. */
  private static final String CONFIGURED = "configured";

  /** Says why a request is not carried out. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }

    RefusedException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** What came of a request: the event's kind, what it is about, a sentence, and what leaves. */
  private record Result(Kind kind, long version, String message, List<LearnerOutput> outputs) {
    Result(Kind kind, long version, String message) {
      this(kind, version, message, List.of());
    }
  }

  /**
   * Carries out a request, or refuses it; one whose id was answered before is answered again.
   *
   * @param time of the request
   */
  List<LearnerOutput> carryOut(ModelMemory memory, ModelRequest request, Instant time) {
    var versions = memory.versions();
    var events = LifeEvents.at(memory, time);
    var known = versions.answer(request.id());
    if (known.isPresent()) {
      String message = known.get().message() + " (answered before)";
      return List.of(answer(events, request, known.get().kind(), known.get().version(), message));
    }
    var result = result(memory, request, time);
    versions.answered(
        new Answered(
            request.id(), result.kind(), result.version(), Fields.sentence(result.message())));
    var outputs = new ArrayList<>(result.outputs());
    outputs.add(answer(events, request, result.kind(), result.version(), result.message()));
    return outputs;
  }

  private static NewEvent answer(
      LifeEvents events, ModelRequest request, Kind kind, long version, String message) {
    return new NewEvent(events.of(kind, Optional.of(request.id()), version, message));
  }

  /**
   * Returns the refusal of a request about a model that does not exist; empty for an import that
   * may be its first version.
   *
   * @param models how many there are
   */
  Optional<LearnerOutput> refusalForNone(ModelRequest request, int models, Instant time) {
    String why = "there is no model '%s'".formatted(request.model());
    if (request instanceof SnapshotImport file) {
      try {
        catalog.admitImport(file.model(), models);
        imports.read(file, 1, time);
        return Optional.empty();
      } catch (SnapshotException | RejectedException e) {
        why = "the import for model %s is refused: %s".formatted(request.model(), e.getMessage());
      }
    }
    return Optional.of(
        new NewEvent(
            new LifeEvent(
                request.model(),
                Kind.REFUSED,
                Optional.of(request.id()),
                0,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                0,
                time,
                Fields.sentence(why))));
  }

  private Result result(ModelMemory memory, ModelRequest request, Instant time) {
    try {
      return request instanceof SnapshotImport file
          ? importHead(memory, file, time)
          : command(memory, (ModelCommand) request, time);
    } catch (RefusedException e) {
      return new Result(Kind.REFUSED, 0, e.getMessage());
    }
  }

  private Result command(ModelMemory memory, ModelCommand command, Instant time)
      throws RefusedException {
    return switch (command.action()) {
      case PROMOTE -> promote(memory, command.version().orElseThrow());
      case ROLLBACK -> rollBack(memory, command.version());
      case PIN -> pin(memory);
      case UNPIN -> unpin(memory);
      case RESET -> reset(memory);
      case THRESHOLD -> threshold(memory, command.threshold().orElseThrow(), time);
      case POLICY -> policy(memory, command.policy().orElseThrow());
    };
  }

  private Result promote(ModelMemory memory, long version) throws RefusedException {
    var versions = memory.versions();
    requireKept(memory, version);
    versions.guard(false);
    byte[] file = versions.serve(version, memory.lessons());
    String message =
        "version %d of model %s came into service, as commanded%s"
            .formatted(version, memory.model(), versions.isPinned() ? ", and stays pinned" : "");
    return new Result(Kind.PROMOTED, version, message, List.of(new Promoted(file)));
  }

  /**
   * What was learnt after the version is forgotten too, so that what follows does not repeat it.
   */
  private Result rollBack(ModelMemory memory, Optional<Long> asked) throws RefusedException {
    var versions = memory.versions();
    long version = asked.orElseGet(() -> versionBefore(versions));
    if (version == 0) {
      throw new RefusedException(
          "no version of model %s is kept from before version %d, which is in service"
              .formatted(memory.model(), versions.served()));
    }
    requireKept(memory, version);
    byte[] file = versions.serve(version, memory.lessons());
    versions.pin(true);
    var back = versions.kept(version).orElseThrow();
    String message =
        "version %d of model %s is back in service and pinned%s; unpin it to let a later one follow"
            .formatted(version, memory.model(), forgetSince(memory, back));
    return new Result(Kind.ROLLED_BACK, version, message, List.of(new Promoted(file)));
  }

  /** Training never stood on a head from elsewhere, so that nothing was learnt after it. */
  private String forgetSince(ModelMemory memory, Standing.Kept back) {
    if (back.imported()) {
      return "";
    }
    learner.forgetSince(memory, back.lessons());
    memory.versions().trials().forgetSince(back.lessons());
    memory.versions().standOn(back.number());
    return ", and what was learnt after it is forgotten";
  }

  private static long versionBefore(ModelVersions versions) {
    return versions.numbers().stream()
        .filter(number -> number < versions.served())
        .mapToLong(Long::longValue)
        .max()
        .orElse(0);
  }

  private void requireKept(ModelMemory memory, long version) throws RefusedException {
    var versions = memory.versions();
    var kept = versions.kept(version);
    if (kept.isEmpty()) {
      throw new RefusedException(
          "version %d of model %s is not kept, expected one of %s; an older one can be imported from the snapshots topic"
              .formatted(version, memory.model(), versions.numbers()));
    }
    var found = kept.get().version();
    var classes = catalog.settings(memory.model()).classes();
    if (!found.backbone().equals(imports.backbone().fingerprint())) {
      throw new RefusedException(
          "version %d of model %s understands backbone %.12s, this service runs %.12s"
              .formatted(
                  version, memory.model(), found.backbone(), imports.backbone().fingerprint()));
    }
    if (!found.classes().equals(classes)) {
      throw new RefusedException(
          "version %d of model %s has the classes %s, the model's are %s"
              .formatted(version, memory.model(), found.classes(), classes));
    }
  }

  private static Result pin(ModelMemory memory) throws RefusedException {
    long served = memory.versions().served();
    if (served == 0) {
      throw new RefusedException(
          "model %s has no version in service to pin".formatted(memory.model()));
    }
    memory.versions().pin(true);
    String message = "version %d of model %s is pinned".formatted(served, memory.model());
    return new Result(Kind.PINNED, served, message);
  }

  /** Under policy continuous, what was rolled back to must not give way to what is worse. */
  private static Result unpin(ModelMemory memory) {
    var versions = memory.versions();
    String guard = "";
    if (versions.isPinned()) {
      versions.pin(false);
      versions.guard(true);
      guard = ", and the next one must prove not to be worse";
    }
    String message =
        "version %d of model %s is not pinned: policy %s decides%s"
            .formatted(versions.served(), memory.model(), versions.policy().wireName(), guard);
    return new Result(Kind.UNPINNED, versions.served(), message);
  }

  private Result reset(ModelMemory memory) {
    var versions = memory.versions();
    learner.forget(memory);
    versions.trials().begin();
    versions.standOn(0);
    versions.guard(true);
    String message =
        versions.served() == 0
            ? "model %s begins anew".formatted(memory.model())
            : "model %s begins anew; version %d stays in service%s"
                .formatted(memory.model(), versions.served(), untilWhen(versions));
    return new Result(Kind.RESET, versions.served(), message);
  }

  private static String untilWhen(ModelVersions versions) {
    return versions.isPinned() || versions.policy() == PromotionPolicy.MANUAL
        ? " until a command says otherwise"
        : " until a later one proves not to be worse";
  }

  private static Result policy(ModelMemory memory, String text) throws RefusedException {
    var versions = memory.versions();
    try {
      versions.setPolicy(text.equals(CONFIGURED) ? null : PromotionPolicy.parse(text));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(e.getMessage() + ", or configured", e);
    }
    String message =
        "model %s promotes by policy %s".formatted(memory.model(), versions.policy().wireName());
    return new Result(Kind.POLICY_CHANGED, versions.served(), message);
  }

  private Result threshold(ModelMemory memory, String text, Instant time) throws RefusedException {
    boolean isConfigured = text.equals(CONFIGURED);
    var rule = isConfigured ? catalog.settings(memory.model()).decision() : rule(text);
    var versions = memory.versions();
    versions.setThreshold(isConfigured ? null : text.strip());
    memory.decideBy(rule);
    if (!(rule instanceof DecisionRule.Fixed fixed) || !versions.isKept(versions.served())) {
      String message =
          "the threshold of model %s is %s from the next version on"
              .formatted(memory.model(), text);
      return new Result(Kind.THRESHOLD_CHANGED, versions.served(), message);
    }
    var served = versions.snapshot(versions.served());
    var root = versions.kept(served.version()).orElseThrow();
    var next =
        served.derived(memory.nextVersion(), time, "threshold").withThreshold(fixed.threshold());
    byte[] file = SnapshotFile.write(next);
    versions.keep(next, file, root.lessons(), root.imported());
    versions.replaceServed(next.version());
    String message =
        "version %d of model %s is version %d with the threshold %s"
            .formatted(next.version(), memory.model(), served.version(), fixed.threshold());
    return new Result(
        Kind.THRESHOLD_CHANGED,
        next.version(),
        message,
        List.of(new NewSnapshot(next), new Promoted(file)));
  }

  private static DecisionRule rule(String text) throws RefusedException {
    try {
      return DecisionRule.parse(text);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(e.getMessage() + ", or configured", e);
    }
  }

  private Result importHead(ModelMemory memory, SnapshotImport file, Instant time)
      throws RefusedException {
    try {
      imports.requireBackboneOf(memory);
      var snapshot = imports.read(file, memory.version() + 1, time);
      memory.nextVersion();
      var versions = memory.versions();
      byte[] bytes = SnapshotFile.write(snapshot);
      versions.keep(snapshot, bytes, memory.lessons(), true);
      versions.serve(snapshot.version(), memory.lessons());
      versions.guard(true);
      String message =
          "a head was imported as version %d of model %s; it serves%s"
              .formatted(snapshot.version(), memory.model(), untilWhen(versions));
      return new Result(
          Kind.IMPORTED,
          snapshot.version(),
          message,
          List.of(new NewSnapshot(snapshot), new Promoted(bytes)));
    } catch (SnapshotException e) {
      throw new RefusedException(
          "the import for model %s is refused: %s".formatted(memory.model(), e.getMessage()), e);
    }
  }
}
