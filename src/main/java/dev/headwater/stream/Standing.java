package dev.headwater.stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.headwater.event.ModelEvent;
import dev.headwater.event.ModelVersion;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.head.Reservoir;
import java.util.Comparator;
import java.util.List;

/**
 * Which versions of a model there are, which one serves, and why; kept as one JSON record.
 *
 * @param format of this record
 * @param served the version in service; 0 for none
 * @param previous the version in service before; 0 for none
 * @param servedSince lessons taken when it came into service
 * @param pinned whether it stays there, whatever the policy says
 * @param guarded whether its successor must first prove not to be worse, whatever the policy says
 * @param regressed the version in service that is known to be much worse than an earlier one; 0 for
 *     none
 * @param base the version that training stands on; 0 for none
 * @param configured policy that was configured when this was written
 * @param policy as commanded; null as configured
 * @param threshold as commanded; null as configured
 * @param rounds labelled images on which heads have been compared
 * @param heldOut index of the images that are held out of training
 * @param versions those kept, oldest first
 * @param answers to the newest commands, oldest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Standing(
    int format,
    long served,
    long previous,
    long servedSince,
    boolean pinned,
    boolean guarded,
    long regressed,
    long base,
    PromotionPolicy configured,
    PromotionPolicy policy,
    String threshold,
    long rounds,
    Reservoir heldOut,
    List<Kept> versions,
    List<Answered> answers) {
  static final int FORMAT = 1;

  /** Most images held out of training. */
  static final int MOST_HELD_OUT = 200;

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
   * @param version what the answer was about
   */
  record Answered(String id, ModelEvent.Kind kind, long version, String message) {}

  /** Returns the versions that are kept, newest first, and says of each whether it serves. */
  List<ModelVersion> newestFirst() {
    return versions.stream()
        .map(kept -> kept.version().inService(kept.number() == served))
        .sorted(Comparator.comparingLong(ModelVersion::version).reversed())
        .toList();
  }

  /**
   * Returns where a model stands of which nothing is kept.
   *
   * @param newest its newest version, which an earlier build has put into service; 0 for none
   * @param lessons taken
   * @param configured policy
   */
  static Standing initial(long newest, long lessons, PromotionPolicy configured) {
    return new Standing(
        FORMAT,
        newest,
        0,
        lessons,
        false,
        false,
        0,
        newest,
        configured,
        null,
        null,
        0,
        Reservoir.ofCapacity(MOST_HELD_OUT),
        List.of(),
        List.of());
  }
}
