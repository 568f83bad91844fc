package dev.headwater.learner.release;

import dev.headwater.event.ModelEvent.Kind;
import dev.headwater.event.SnapshotImport;
import dev.headwater.head.OnlineLearner;
import dev.headwater.learner.model.LearnerOutput.NewSnapshot;
import dev.headwater.learner.model.LearnerOutput.Promoted;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ModelMemory;
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

  CommandResult promote(ModelMemory memory, long version) throws RefusedException {
    var versions = memory.versions();
    requireKept(memory, version);
    versions.guard(false);
    byte[] file = versions.inService().serve(version, memory.lessons());
    String message =
        "version %d of model %s came into service, as commanded%s"
            .formatted(version, memory.model(), versions.isPinned() ? ", and stays pinned" : "");
    return new CommandResult(Kind.PROMOTED, version, message, List.of(new Promoted(file)));
  }

  /**
   * What was learnt after the version is forgotten too, so that what follows does not repeat it.
   */
  CommandResult rollBack(ModelMemory memory, Optional<Long> asked) throws RefusedException {
    var versions = memory.versions();
    long version = asked.orElseGet(versions.inService()::previous);
    if (version == 0) {
      throw new RefusedException(
          "no version of model %s is kept that was in service before version %d; name one of %s"
              .formatted(memory.model(), versions.served(), versions.kept().numbers()));
    }
    requireKept(memory, version);
    byte[] file = versions.inService().serveAgain(version, memory.lessons());
    versions.pin(true);
    var back = versions.kept().find(version).orElseThrow();
    String message =
        "version %d of model %s is back in service and pinned%s; unpin it to let a later one follow"
            .formatted(version, memory.model(), forgetSince(memory, back));
    return new CommandResult(Kind.ROLLED_BACK, version, message, List.of(new Promoted(file)));
  }

  /** Training never stood on a head from elsewhere, so that nothing was learnt after it. */
  private String forgetSince(ModelMemory memory, ReleaseRecord.Kept back) {
    if (back.imported()) {
      return "";
    }
    learner.forgetSince(memory, back.lessons());
    memory.versions().trials().forgetSince(back.lessons());
    memory.versions().standOn(memory.training().steps() > 0 ? back.number() : 0);
    return ", and what was learnt after it is forgotten";
  }

  private void requireKept(ModelMemory memory, long version) throws RefusedException {
    var versions = memory.versions();
    var kept = versions.kept().find(version);
    if (kept.isEmpty()) {
      throw new RefusedException(
          "version %d of model %s is not kept, expected one of %s"
              .formatted(version, memory.model(), versions.kept().numbers()));
    }
    var found = kept.get().version();
    var classes = catalog.settings(memory.model()).classes();
    if (!found.backbone().equals(imports.backbone().fingerprint())) {
      throw new RefusedException(
          "version %d of model %s understands backbone %.12s, this service runs %.12s"
              .formatted(
                  version, memory.model(), found.backbone(), imports.backbone().fingerprint()));
    }
    if (!ModelSettings.fits(found.classes(), classes)) {
      throw new RefusedException(
          "version %d of model %s has the classes %s, the model's are %s"
              .formatted(version, memory.model(), found.classes(), classes));
    }
  }

  CommandResult importHead(ModelMemory memory, SnapshotImport file, Instant time)
      throws RefusedException {
    try {
      imports.requireBackboneOf(memory);
      var snapshot = imports.read(file, memory.version() + 1, time);
      memory.nextVersion();
      var versions = memory.versions();
      byte[] bytes = SnapshotFile.write(snapshot);
      versions.keep(snapshot, bytes, memory.lessons(), true);
      versions.inService().serve(snapshot.version(), memory.lessons());
      versions.guard(true);
      String message =
          "a head was imported as version %d of model %s; it serves%s"
              .formatted(snapshot.version(), memory.model(), versions.untilWhen());
      return new CommandResult(
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
