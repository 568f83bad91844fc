package dev.headwater.learner.release;

import dev.headwater.evaluation.Comparison;
import dev.headwater.evaluation.Judgement;
import dev.headwater.event.ModelVersion;
import dev.headwater.learner.model.ModelSettings;
import dev.headwater.learner.release.ReleaseRecord.KeptVersion;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds that the version in service has become much worse than an earlier one, on the newest
 * labelled images.
 *
 * @param least fewest images that versions are compared on
 */
public record RegressionWatch(int least) {

  /**
   * An earlier version that is much better.
   *
   * @param version its number
   * @param comparison how the version in service and it judge the same images
   */
  record Regression(long version, Comparison comparison) {}

  /**
   * Looks for an earlier version that is much better; of several, the best.
   *
   * @param labels taken so far
   * @return empty if there is none, or if it was reported lately
   */
  Optional<Regression> look(ReleaseState release, long labels) {
    if (release.serving().hasJustRegressed(labels)) {
      return Optional.empty();
    }
    return release.isFollowing() ? bestOfFollowed(release) : bestOfRecent(release);
  }

  /** Where one version stays in service: it against the earlier ones, on what came since. */
  private Optional<Regression> bestOfRecent(ReleaseState release) {
    var served = release.kept().snapshot(release.served());
    return best(release, release.recent().toList(), new HeadComparison(release).of(served));
  }

  /**
   * Where each new version serves at once, and may see few images before the next: the head in
   * training, which they all are, as it answered before it learnt. The newest images are looked at
   * alone as well, since they tell sooner that labels are right again.
   */
  private Optional<Regression> bestOfFollowed(ReleaseState release) {
    var followed =
        release
            .followed()
            .sorted(Comparator.comparingLong(ComparisonExample::number).reversed())
            .toList();
    var newest = followed.subList(0, Math.min(least, followed.size()));
    var inTraining = new HeadComparison(release).inTraining();
    return best(release, newest, inTraining).or(() -> best(release, followed, inTraining));
  }

  /**
   * Returns the best of those that were in service earlier and are much better than what serves, on
   * images that came after all of them.
   */
  private Optional<Regression> best(
      ReleaseState release,
      List<ComparisonExample> examples,
      Function<ComparisonExample, Judgement> inService) {
    if (examples.size() < least || !isOftenWrong(examples, inService)) {
      return Optional.empty();
    }
    long oldest = examples.stream().mapToLong(ComparisonExample::number).min().orElseThrow();
    var served = release.kept().find(release.served()).orElseThrow();
    return release.serving().history().stream()
        .flatMap(number -> release.kept().find(number).stream())
        .filter(kept -> isEarlier(kept, served) && kept.labels() < oldest)
        .filter(kept -> isAlike(kept.version(), served.version()))
        .map(kept -> against(release, kept.number(), examples, inService))
        .filter(regression -> regression.comparison().candidateIsMuchBetter())
        .min(Comparator.comparingDouble(found -> found.comparison().candidateLossSum()));
  }

  /** Whether there is room for another version to be much better. */
  private static boolean isOftenWrong(
      List<ComparisonExample> examples, Function<ComparisonExample, Judgement> inService) {
    long wrong = examples.stream().filter(example -> !inService.apply(example).right()).count();
    return wrong >= Comparison.MUCH * examples.size();
  }

  private static Regression against(
      ReleaseState release,
      long number,
      List<ComparisonExample> examples,
      Function<ComparisonExample, Judgement> inService) {
    var earlier = new HeadComparison(release).of(release.kept().snapshot(number));
    return new Regression(number, HeadComparison.compare(examples.stream(), inService, earlier));
  }

  /** One that has another threshold only is as old as the one that it was made of. */
  private static boolean isEarlier(KeptVersion kept, KeptVersion served) {
    return kept.number() < served.number() && kept.labels() <= served.labels();
  }

  /** Whether one could serve where the other does, as a command would ask. */
  private static boolean isAlike(ModelVersion kept, ModelVersion other) {
    return kept.backbone().equals(other.backbone())
        && ModelSettings.fits(kept.classes(), other.classes());
  }
}
