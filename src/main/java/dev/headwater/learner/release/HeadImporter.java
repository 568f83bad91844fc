package dev.headwater.learner.release;

import dev.headwater.backbone.BackboneId;
import dev.headwater.event.SnapshotImport;
import dev.headwater.head.DecisionRule;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ModelSettings;
import dev.headwater.snapshot.ImportedHead;
import dev.headwater.snapshot.Snapshot;
import dev.headwater.snapshot.SnapshotException;
import dev.headwater.snapshot.SnapshotFile;
import java.time.Instant;

/**
 * Makes versions of heads from elsewhere.
 *
 * @param backbone whose embeddings they must understand
 * @param inputs how many values these have
 * @param catalog the models
 */
public record HeadImporter(BackboneId backbone, int inputs, ModelCatalog catalog) {
  /** What made a version of a head from elsewhere. */
  static final String IMPORT = "import";

  private static final double UNDECIDED = 0.5;

  /**
   * Returns a head as a version of a model.
   *
   * @param version its number
   * @throws SnapshotException if the file is none, or is of another backbone, shape or other
   *     classes
   */
  Snapshot read(SnapshotImport file, long version, Instant time) throws SnapshotException {
    var settings = catalog.settings(file.model());
    var head = SnapshotFile.readImport(file.file());
    requireFit(head, settings);
    try {
      return new Snapshot(
          file.model(),
          version,
          0,
          head.backbone(),
          backbone.quality() == BackboneId.Quality.REDUCED,
          settings.classes(),
          head.threshold().orElseGet(() -> threshold(settings.decision())),
          head.examples(),
          head.accuracy(),
          head.windowAccuracy(),
          time,
          IMPORT,
          head.head());
    } catch (IllegalArgumentException e) {
      throw new SnapshotException(e.getMessage(), e);
    }
  }

  /**
   * Refuses an import to a model whose labels are not of this service's backbone.
   *
   * @throws SnapshotException if that is so
   */
  void requireBackboneOf(Model model) throws SnapshotException {
    String learnt = model.memory().backbone();
    if (!learnt.equals(backbone.fingerprint())) {
      throw new SnapshotException(
          "the model has learnt on backbone %.12s, this service runs %.12s; import it under another name"
              .formatted(learnt, backbone.fingerprint()));
    }
  }

  private void requireFit(ImportedHead head, ModelSettings settings) throws SnapshotException {
    if (!head.backbone().equals(backbone.fingerprint())) {
      throw new SnapshotException(
          "the head understands backbone %.12s, this service runs %.12s"
              .formatted(head.backbone(), backbone.fingerprint()));
    }
    int length = head.head().parameters().inputs();
    if (length != inputs) {
      throw new SnapshotException(
          "the head takes %d values, the embeddings here have %d".formatted(length, inputs));
    }
    if (head.classes()
        .filter(found -> !ModelSettings.fits(found, settings.classes()))
        .isPresent()) {
      throw new SnapshotException(
          "the head's classes are %s, the model's are %s, negative first"
              .formatted(head.classes().get(), settings.classes()));
    }
  }

  private static double threshold(DecisionRule rule) {
    return rule instanceof DecisionRule.Fixed fixed ? fixed.threshold() : UNDECIDED;
  }
}
