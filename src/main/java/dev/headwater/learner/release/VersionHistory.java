package dev.headwater.learner.release;

import dev.headwater.event.ModelVersion;
import dev.headwater.learner.release.ReleaseRecord.KeptVersion;
import dev.headwater.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/** The versions of one model that can be put into service, a bounded number. */
public final class VersionHistory {
  /** Labels from one version to the next where labels come quickly. */
  private static final int SPACING = 64;

  private final VersionStore store;
  private final List<KeptVersion> kept;
  private final int most;

  /** The version that was asked for last: what serves is compared with every new one. */
  private Snapshot decoded;

  public VersionHistory(VersionStore store, List<KeptVersion> kept, int most) {
    this.store = store;
    this.kept = new ArrayList<>(kept);
    this.most = most;
  }

  /**
   * Keeps a new version; of too many one goes.
   *
   * @param labels taken when its weights were made
   * @param imported whether its weights come from elsewhere
   * @param isNeeded whether the version of a number has to stay
   */
  void add(Snapshot snapshot, byte[] file, long labels, boolean imported, LongPredicate isNeeded) {
    var version =
        new ModelVersion(
            snapshot.version(),
            snapshot.parent(),
            snapshot.createdAt(),
            snapshot.createdBy(),
            snapshot.examples(),
            snapshot.accuracy(),
            snapshot.windowAccuracy(),
            snapshot.backbone(),
            snapshot.classes(),
            snapshot.threshold(),
            false);
    kept.add(new KeptVersion(version, labels, imported));
    store.saveFile(snapshot.version(), file);
    for (int at = surplus(isNeeded); at >= 0; at = surplus(isNeeded)) {
      store.deleteFile(kept.remove(at).number());
    }
  }

  /**
   * Returns where the version is that can be spared; -1 if there are not too many. One that was
   * made soon after the one before goes first, so that slow labels, of which each makes a version,
   * leave some to go back to; else the oldest.
   */
  private int surplus(LongPredicate isNeeded) {
    if (kept.size() <= most) {
      return -1;
    }
    int oldest = -1;
    for (int at = 0; at < kept.size() - 1; at++) {
      if (!isNeeded.test(kept.get(at).number())) {
        oldest = oldest < 0 ? at : oldest;
        if (at > 0 && kept.get(at).labels() - kept.get(at - 1).labels() < SPACING) {
          return at;
        }
      }
    }
    return oldest;
  }

  /** Whether a version can be put into service. */
  boolean has(long version) {
    return find(version).isPresent();
  }

  /** Returns a version, if it is kept. */
  Optional<KeptVersion> find(long version) {
    return kept.stream().filter(one -> one.number() == version).findFirst();
  }

  /** The versions that are kept, oldest first. */
  List<KeptVersion> all() {
    return List.copyOf(kept);
  }

  /** The numbers of the versions that are kept, oldest first. */
  List<Long> numbers() {
    return kept.stream().map(KeptVersion::number).toList();
  }

  /** Returns a version that is kept. */
  Snapshot snapshot(long version) {
    if (decoded == null || decoded.version() != version) {
      decoded = store.snapshot(version);
    }
    return decoded;
  }

  /** Returns the file of a version that is kept. */
  byte[] file(long version) {
    return store.file(version);
  }
}
