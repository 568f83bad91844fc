package dev.headwater.learner.release;

import java.util.ArrayList;
import java.util.List;

/** Which version of one model is in service, since when, and which ones were before it. */
public final class ServingHistory {
  private final VersionHistory kept;
  private long version;
  private final List<Long> history;
  private long since;
  private long followedSince;
  private long regressedAt;
  private long rolledTrainingBackTo;

  public ServingHistory(ReleaseRecord record, VersionHistory kept) {
    this.kept = kept;
    version = record.served();
    history = new ArrayList<>(record.history());
    if (history.isEmpty() && version != 0) {
      history.add(version);
    }
    since = record.servedSince();
    followedSince = record.followedSince();
    regressedAt = record.regressedAt();
    rolledTrainingBackTo = record.rolledTrainingBackTo();
  }

  /** Its number; 0 for none. */
  long version() {
    return version;
  }

  /** The versions that were in service and can be again, the latest last. */
  List<Long> history() {
    return List.copyOf(history);
  }

  /** The version that was in service before the one that is; 0 if none is kept. */
  long previous() {
    int latest = history.size() - 1;
    return latest < 1 ? 0 : history.get(latest - 1);
  }

  /** Whether a version has to be kept: this one, and the one before. */
  boolean isNeeded(long number) {
    return number == version || number == previous();
  }

  void forgetWhatIsNotKept() {
    history.removeIf(number -> !kept.has(number));
  }

  /** Labels taken when it came into service. */
  long since() {
    return since;
  }

  /** Labels taken when continuous promotion began; 0 while versions do not follow one another. */
  long followedSince() {
    return followedSince;
  }

  /** The next version does not follow freely, or is not of the same training. */
  void interrupt() {
    followedSince = 0;
  }

  /** Puts a kept version into service whose weights are those of the one in service. */
  byte[] replace(long number) {
    put(number);
    return kept.file(number);
  }

  private void put(long number) {
    history.remove(number);
    history.add(number);
    version = number;
  }

  /**
   * Puts a kept version into service, by command or because it has proved itself.
   *
   * @param labels taken so far
   * @return its file
   */
  byte[] serve(long number, long labels) {
    if (number != version) {
      put(number);
      since = labels;
      followedSince = 0;
      regressedAt = 0;
    }
    return kept.file(number);
  }

  /**
   * Puts an earlier version back into service: those that came into service after it, or are newer
   * than one that was never there, are as if they never had.
   *
   * @param labels taken so far
   * @return its file
   */
  byte[] serveAgain(long number, long labels) {
    int at = history.indexOf(number);
    if (at >= 0) {
      history.subList(at + 1, history.size()).clear();
    } else {
      history.removeIf(later -> later > number);
    }
    return serve(number, labels);
  }

  /**
   * Puts a kept version into service that policy {@code continuous} lets follow the one before.
   *
   * @param labels taken so far
   * @return its file
   */
  byte[] follow(long number, long labels) {
    put(number);
    since = labels;
    if (followedSince == 0) {
      followedSince = labels;
    }
    return kept.file(number);
  }

  /**
   * Whether a regression of the version in service was reported so few labels ago that it is not
   * reported again.
   *
   * @param labels taken so far
   */
  boolean hasJustRegressed(long labels) {
    return regressedAt != 0 && labels - regressedAt < ComparisonSet.MOST_RECENT;
  }

  /**
   * Remembers that a regression was reported.
   *
   * @param labels taken so far
   */
  void regressed(long labels) {
    regressedAt = labels;
  }

  long regressedAt() {
    return regressedAt;
  }

  /** Whether training was rolled back to the version in service. */
  boolean hasRolledTrainingBack() {
    return rolledTrainingBackTo == version;
  }

  /** Remembers that training was rolled back to the version in service. */
  void setTrainingRolledBack() {
    rolledTrainingBackTo = version;
  }

  /** The version to which training was last rolled back; 0 for none. */
  long rolledTrainingBackTo() {
    return rolledTrainingBackTo;
  }
}
