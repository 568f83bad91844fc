package dev.headwater.bench.learning;

import dev.headwater.backbone.BackboneId;
import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.cli.client.Console;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Leads all learners through all streams, each learner through the same images in the same order,
 * once for each seed.
 */
final class LearningBench {

  /**
   * What to run.
   *
   * @param contenders the learners
   * @param selection which classes and domains
   * @param seeds how many seeds, from 1 on
   * @param budgetSeconds longest processor time a learner gets for all seeds of a stream
   * @param imbalance how to make the positive class rare, if at all
   */
  record Plan(
      List<Contender> contenders,
      Selection selection,
      int seeds,
      long budgetSeconds,
      Optional<Imbalance> imbalance) {

    List<Long> seedList() {
      return LongStream.rangeClosed(1, seeds).boxed().toList();
    }
  }

  private final Console console;
  private final Plan plan;
  private final Driver driver;

  LearningBench(Console console, Plan plan, Driver driver) {
    this.console = console;
    this.plan = plan;
    this.driver = driver;
  }

  Report run(List<StreamFolder> folders, Embeddings embeddings) {
    plan.selection().requireKnown(folders);
    var streams = new ArrayList<Report.OfStream>();
    for (StreamFolder folder : folders) {
      var sent = plan.selection().plan(folder, 1);
      var bySeed = new ArrayList<List<StreamItem>>();
      for (long seed : plan.seedList()) {
        var items = embeddings.items(folder.name(), plan.selection().plan(folder, seed));
        bySeed.add(plan.imbalance().map(rare -> rare.thin(items, seed)).orElse(items));
      }
      streams.add(compare(folder.name(), sent.positive(), sent.others(), bySeed));
    }
    return report(embeddings.backbone(), streams);
  }

  private Report report(BackboneId backbone, List<Report.OfStream> streams) {
    return new Report(
        "learning",
        backbone.fingerprint(),
        backbone.quality() == BackboneId.Quality.REDUCED,
        plan.seedList(),
        plan.imbalance(),
        streams);
  }

  /** Compares all learners on one stream, given once for each seed. */
  Report.OfStream compare(
      String name, String positive, List<String> others, List<List<StreamItem>> bySeed) {
    if (bySeed.get(0).isEmpty()) {
      throw new CommandFailedException("%s has no images that can be decoded".formatted(name));
    }
    var reports = new ArrayList<LearnerReport>();
    for (Contender contender : plan.contenders()) {
      long started = System.nanoTime();
      reports.add(race(contender, bySeed));
      say(name, contender.name(), started);
    }
    long started = System.nanoTime();
    var offline = offline(bySeed);
    say(name, offline.name(), started);
    return new Report.OfStream(name, positive, others, domains(bySeed.get(0)), reports, offline);
  }

  private void say(String stream, String learner, long started) {
    console.say("%s: %s, %.1f s".formatted(stream, learner, (System.nanoTime() - started) / 1e9));
  }

  private LearnerReport race(Contender contender, List<List<StreamItem>> bySeed) {
    long left = plan.budgetSeconds() * 1_000_000_000L;
    var runs = new ArrayList<Run>();
    for (int i = 0; i < bySeed.size(); i++) {
      var stream = bySeed.get(i);
      var learner =
          contender.start().learner(stream.get(0).embedding().size(), plan.seedList().get(i));
      var run = driver.run(learner, stream, left);
      left -= run.nanos();
      if (!run.finished()) {
        return LearnerReport.online(
            contender, runs, plan.imbalance().isPresent(), Optional.of(unfinished(run, i, stream)));
      }
      runs.add(run);
    }
    return LearnerReport.online(contender, runs, plan.imbalance().isPresent(), Optional.empty());
  }

  private String unfinished(Run run, int finished, List<StreamItem> stream) {
    return "did not finish: %d of %d seeds, and %d of %d images of the next, in its %d s"
        .formatted(
            finished, plan.seeds(), run.judged().size(), stream.size(), plan.budgetSeconds());
  }

  private LearnerReport offline(List<List<StreamItem>> bySeed) {
    var offline = new Offline(bySeed.get(0).get(0).embedding().size());
    var judged = new ArrayList<List<Judged>>();
    for (int i = 0; i < bySeed.size(); i++) {
      long seed = plan.seedList().get(i);
      judged.add(
          plan.imbalance().isPresent()
              ? offline.balanced(bySeed.get(i), seed)
              : offline.domainByDomain(bySeed.get(i), seed));
    }
    return plan.imbalance().isPresent()
        ? LearnerReport.offline("balanced offline", Offline.BALANCED, judged)
        : LearnerReport.offline("offline", Offline.DOMAIN_BY_DOMAIN, judged);
  }

  private static List<Report.Domain> domains(List<StreamItem> stream) {
    var byName = new LinkedHashMap<String, Report.Domain>();
    for (StreamItem item : stream) {
      byName.merge(
          item.domain(),
          new Report.Domain(item.domain(), 1, item.positive() ? 1 : 0),
          (a, b) -> new Report.Domain(a.name(), a.images() + 1, a.positives() + b.positives()));
    }
    return List.copyOf(byName.values());
  }
}
