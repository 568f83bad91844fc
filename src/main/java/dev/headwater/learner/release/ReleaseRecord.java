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
 * @param servedSince labels taken when it came into service
 * @param followedSince labels taken when continuous promotion began: when the first version came
 *     into service of those that have followed one another freely, up to the one in service; 0 if
 *     none have
 * @param pinned whether it stays there, whatever the policy says
 * @param gateRequired whether its successor must first prove not to be worse, whatever the policy
 *     says
 * @param regressedAt labels taken when it was reported that what serves is much worse than an
 *     earlier version; 0 if it was not since another one was put into service
 * @param base the version that training goes on from; 0 for none
 * @param rolledTrainingBackTo the serving version to which training was last rolled back; 0 for
 *     none
 * @param config by which its inputs were taken
 * @param policy as commanded; null as configured
 * @param threshold as commanded; null as configured
 * @param compared labelled images on which heads have been compared
 * @param heldOut index of the images that are held out of training
 * @param versions those kept, oldest first
 * @param replies to the newest commands, oldest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReleaseRecord(
    int format,
    long served,
    List<Long> history,
    long servedSince,
    long followedSince,
    boolean pinned,
    boolean gateRequired,
    long regressedAt,
    long base,
    long rolledTrainingBackTo,
    EffectiveConfig config,
    PromotionPolicy policy,
    String threshold,
    long compared,
    Reservoir heldOut,
    List<KeptVersion> versions,
    List<CommandReply> replies) {
  static final int FORMAT = 2;

  /** Most images held out of training. */
  static final int MOST_HELD_OUT = 100;

  /** A command that is sent once more is known by its id among so many. */
  static final int MOST_REPLIES = 100;

  /**
   * A version that is kept.
   *
   * @param labels taken when its weights were made
   * @param imported whether its weights come from elsewhere
   */
  record KeptVersion(ModelVersion version, long labels, boolean imported) {
    long number() {
      return version.version();
    }
  }

  /**
   * The reply to a command.
   *
   * @param request tells what was asked for from what else may come under the id
   * @param version what the reply was about
   */
  record CommandReply(
      String id, String request, ModelEvent.Kind kind, long version, String message) {}

  /** Returns the versions that are kept, newest first, and says of each whether it serves. */
  public List<ModelVersion> newestFirst() {
    return versions.stream()
        .map(kept -> kept.version().inService(kept.number() == served))
        .sorted(Comparator.comparingLong(ModelVersion::version).reversed())
        .toList();
  }

  /**
   * Returns the record of a model of which no version is kept.
   *
   * @param newest its newest version, of another backbone, which is still in service; 0 for none
   * @param config as configured
   */
  public static ReleaseRecord initial(long newest, EffectiveConfig config) {
    var heldOut = Reservoir.ofCapacity(MOST_HELD_OUT);
    return new ReleaseRecord(
        FORMAT, newest, List.of(), 0, 0, false, false, 0, 0, 0, config, null, null, 0, heldOut,
        List.of(), List.of());
  }
}
