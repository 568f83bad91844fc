package dev.headwater.learner.release;

import dev.headwater.event.ModelEvent.Kind;
import dev.headwater.event.SnapshotImport;
import dev.headwater.head.OnlineLearner;
import dev.headwater.learner.model.LearnerOutput.NewSnapshot;
import dev.headwater.learner.model.LearnerOutput.Promoted;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ModelSettings;
import dev.headwater.learner.release.CommandResult.RefusedException;
import dev.headwater.snapshot.SnapshotException;
import dev.headwater.snapshot.SnapshotFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Puts a version into service because it is asked for: a later one, an earlier one, or one from
 * elsewhere.
 *
 * @param imports makes versions of heads from elsewhere
 * @param catalog the models
 * @param learner forgets what was learnt
 */
record VersionCommands(HeadImporter imports, ModelCatalog catalog, OnlineLearner learner) {

  CommandResult promote(Model model, long version) throws RefusedException {
    var release = model.release();
    requireKept(model, version);
    release.requireGate(false);
    byte[] file = release.serving().serve(version, model.memory().labels());
    String message =
        "version %d of model %s came into service, as commanded%s"
            .formatted(version, model.name(), release.isPinned() ? ", and stays pinned" : "");
    return new CommandResult(Kind.PROMOTED, version, message, List.of(new Promoted(file)));
  }

  /**
   * What was learnt after the version is forgotten too, so that what follows does not repeat it.
   */
  CommandResult rollBack(Model model, Optional<Long> asked) throws RefusedException {
    var release = model.release();
    long version = asked.orElseGet(release.serving()::previous);
    if (version == 0) {
      throw new RefusedException(
          "no version of model %s is kept that was in service before version %d; name one of %s"
              .formatted(model.name(), release.served(), release.kept().numbers()));
    }
    requireKept(model, version);
    byte[] file = release.serving().serveAgain(version, model.memory().labels());
    release.pin(true);
    var back = release.kept().find(version).orElseThrow();
    String message =
        "version %d of model %s is back in service and pinned%s; unpin it to let a later one follow"
            .formatted(version, model.name(), forgetSince(model, back));
    return new CommandResult(Kind.ROLLED_BACK, version, message, List.of(new Promoted(file)));
  }

  /** Training never stood on a head from elsewhere, so that nothing was learnt after it. */
  private String forgetSince(Model model, ReleaseRecord.KeptVersion back) {
    if (back.imported()) {
      return "";
    }
    learner.forgetSince(model.memory(), back.labels());
    model.release().comparisonSet().forgetSince(back.labels());
    model.release().setBase(model.memory().training().steps() > 0 ? back.number() : 0);
    return ", and what was learnt after it is forgotten";
  }

  private void requireKept(Model model, long version) throws RefusedException {
    var release = model.release();
    var kept = release.kept().find(version);
    if (kept.isEmpty()) {
      throw new RefusedException(
          "version %d of model %s is not kept, expected one of %s"
              .formatted(version, model.name(), release.kept().numbers()));
    }
    var found = kept.get().version();
    var classes = catalog.settings(model.name()).classes();
    if (!found.backbone().equals(imports.backbone().fingerprint())) {
      throw new RefusedException(
          "version %d of model %s understands backbone %.12s, this service runs %.12s"
              .formatted(
                  version, model.name(), found.backbone(), imports.backbone().fingerprint()));
    }
    if (!ModelSettings.fits(found.classes(), classes)) {
      throw new RefusedException(
          "version %d of model %s has the classes %s, the model's are %s"
              .formatted(version, model.name(), found.classes(), classes));
    }
  }

  CommandResult importHead(Model model, SnapshotImport file, Instant time) throws RefusedException {
    try {
      imports.requireBackboneOf(model);
      var snapshot = imports.read(file, model.memory().version() + 1, time);
      model.memory().nextVersion();
      var release = model.release();
      byte[] bytes = SnapshotFile.write(snapshot);
      release.keep(snapshot, bytes, model.memory().labels(), true);
      release.serving().serve(snapshot.version(), model.memory().labels());
      release.requireGate(true);
      String message =
          "a head was imported as version %d of model %s; it serves%s"
              .formatted(snapshot.version(), model.name(), release.untilWhen());
      return new CommandResult(
          Kind.IMPORTED,
          snapshot.version(),
          message,
          List.of(new NewSnapshot(snapshot, bytes), new Promoted(bytes)));
    } catch (SnapshotException e) {
      throw new RefusedException(
          "the import for model %s is refused: %s".formatted(model.name(), e.getMessage()), e);
    }
  }
}
