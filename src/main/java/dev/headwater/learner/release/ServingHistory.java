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
  private long unlearnt;

  public ServingHistory(ReleaseRecord standing, VersionHistory kept) {
    this.kept = kept;
    version = standing.served();
    history = new ArrayList<>(standing.history());
    if (history.isEmpty() && version != 0) {
      history.add(version);
    }
    since = standing.servedSince();
    followedSince = standing.followedSince();
    regressedAt = standing.regressedAt();
    unlearnt = standing.unlearnt();
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

  /** Lessons taken when it came into service. */
  long since() {
    return since;
  }

  /** Lessons taken when the first came that another one followed freely; 0 if none did. */
  long followedSince() {
    return followedSince;
  }

  /** What follows does not follow freely, or is not what was in training until now. */
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
   * @param lessons taken so far
   * @return its file
   */
  byte[] serve(long number, long lessons) {
    if (number != version) {
      put(number);
      since = lessons;
      followedSince = 0;
      regressedAt = 0;
    }
    return kept.file(number);
  }

  /**
   * Puts an earlier version back into service: those that came into service after it, or are newer
   * than one that was never there, are as if they never had.
   *
   * @param lessons taken so far
   * @return its file
   */
  byte[] serveAgain(long number, long lessons) {
    int at = history.indexOf(number);
    if (at >= 0) {
      history.subList(at + 1, history.size()).clear();
    } else {
      history.removeIf(later -> later > number);
    }
    return serve(number, lessons);
  }

  /**
   * Puts a kept version into service that policy {@code continuous} lets follow the one before.
   *
   * @param lessons taken so far
   * @return its file
   */
  byte[] follow(long number, long lessons) {
    put(number);
    since = lessons;
    if (followedSince == 0) {
      followedSince = lessons;
    }
    return kept.file(number);
  }

  /**
   * Whether so few labelled images ago it was told that what serves is much worse than an earlier
   * version that it is not told again.
   *
   * @param lessons taken so far
   */
  boolean hasJustRegressed(long lessons) {
    return regressedAt != 0 && lessons - regressedAt < ComparisonSet.MOST_RECENT;
  }

  /**
   * Remembers that it was told.
   *
   * @param lessons taken so far
   */
  void regressed(long lessons) {
    regressedAt = lessons;
  }

  long regressedAt() {
    return regressedAt;
  }

  /** Whether what was learnt after the version in service has been forgotten for its sake. */
  boolean hasUnlearnt() {
    return unlearnt == version;
  }

  /** Remembers that it has been. */
  void setUnlearnt() {
    unlearnt = version;
  }

  /** The version for whose sake that was last done; 0 for none. */
  long unlearnt() {
    return unlearnt;
  }
}
