package dev.headwater.learner.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.headwater.event.ModelEvent;
import dev.headwater.event.ModelVersion;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.head.Reservoir;
import dev.headwater.learner.model.EffectiveConfig;
import java.util.Comparator;
import java.util.List;

/**
 * Which versions of a model there are, which one serves, and why; kept as one JSON record.
 *
 * @param format of this record
 * @param served the version in service; 0 for none
 * @param history the versions that were in service and can be again, the latest last, which is the
 *     one in service
 * @param servedSince lessons taken when it came into service
 * @param followedSince lessons taken when the first came into service of those that have followed
 *     one another freely, up to the one in service
 * @param pinned whether it stays there, whatever the policy says
 * @param guarded whether its successor must first prove not to be worse, whatever the policy says
 * @param regressedAt lessons taken when it was told that what serves is much worse than an earlier
 *     version; 0 if it was not since another one was put into service
 * @param base the version that training stands on; 0 for none
 * @param unlearnt the version in service for whose sake what was learnt after it has been
 *     forgotten; 0 for none
 * @param terms what was configured when this was written; null of an earlier build
 * @param policy as commanded; null as configured
 * @param threshold as commanded; null as configured
 * @param rounds labelled images on which heads have been compared
 * @param heldOut index of the images that are held out of training
 * @param versions those kept, oldest first
 * @param answers to the newest commands, oldest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReleaseRecord(
    int format,
    long served,
    List<Long> history,
    long servedSince,
    long followedSince,
    boolean pinned,
    boolean guarded,
    long regressedAt,
    long base,
    long unlearnt,
    EffectiveConfig terms,
    PromotionPolicy policy,
    String threshold,
    long rounds,
    Reservoir heldOut,
    List<Kept> versions,
    List<Answered> answers) {
  static final int FORMAT = 1;

  /**
   * An earlier build has no history, and other records of the images that heads are compared on.
   */
  public ReleaseRecord {
    history = history == null ? List.of() : history;
    if (terms == null) {
      rounds = 0;
      heldOut = Reservoir.ofCapacity(MOST_HELD_OUT);
    }
  }

  /** Most images held out of training. */
  static final int MOST_HELD_OUT = 100;

  /** A command that is sent once more is known by its id among so many. */
  static final int MOST_ANSWERS = 100;

  /**
   * A version that is kept.
   *
   * @param lessons taken when its weights were made
   * @param imported whether its weights come from elsewhere
   */
  record Kept(ModelVersion version, long lessons, boolean imported) {
    long number() {
      return version.version();
    }
  }

  /**
   * A command that was answered.
   *
   * @param request tells what was asked for from what else may come under the id; null of an
   *     earlier build
   * @param version what the answer was about
   */
  record Answered(String id, String request, ModelEvent.Kind kind, long version, String message) {

    /** Whether it was this that was asked for. */
    boolean isTo(String asked) {
      return request == null || request.equals(asked);
    }
  }

  /** Returns the versions that are kept, newest first, and says of each whether it serves. */
  public List<ModelVersion> newestFirst() {
    return versions.stream()
        .map(kept -> kept.version().inService(kept.number() == served))
        .sorted(Comparator.comparingLong(ModelVersion::version).reversed())
        .toList();
  }

  /** Returns the policy by which it was written: the one commanded, or else configured. */
  PromotionPolicy effectivePolicy() {
    return policy != null || terms == null ? policy : terms.policy();
  }

  /**
   * Returns where a model stands of which nothing is kept.
   *
   * @param newest its newest version, which an earlier build has put into service; 0 for none
   * @param base the version that training stands on; 0 for none
   * @param lessons taken
   * @param terms as configured
   */
  public static ReleaseRecord initial(long newest, long base, long lessons, EffectiveConfig terms) {
    return new ReleaseRecord(
        FORMAT,
        newest,
        List.of(),
        lessons,
        0,
        false,
        false,
        0,
        base,
        0,
        terms,
        null,
        null,
        0,
        Reservoir.ofCapacity(MOST_HELD_OUT),
        List.of(),
        List.of());
  }
}
