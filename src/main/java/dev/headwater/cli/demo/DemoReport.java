package dev.headwater.cli.demo;

import dev.headwater.cli.client.Console;
import dev.headwater.cli.client.TextTable;
import dev.headwater.event.Json;
import dev.headwater.event.ModelStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Prints the progress of the demo, and its results.
 *
 * @param console where to
 * @param total how many images the demo has
 */
record DemoReport(Console console, long total) {

  /**
   * The live line: how far, how fast, how accurate recently, of which vendor, by which snapshot.
   *
   * @param rate images a second
   */
  String live(DemoScore score, String domain, double rate) {
    return String.format(
        Locale.ROOT,
        "%s  %d/%d  %.1f images/s  accuracy of last %d: %s  snapshot %d",
        domain,
        score.answered(),
        total,
        rate,
        DemoScore.RECENT,
        share(score.recentAccuracy()),
        score.version());
  }

  /**
   * Prints the table by domain; {@code model} is what the service says, empty if it is not known.
   */
  void print(DemoScore score, Optional<ModelStatus> model, double seconds) {
    var table =
        new TextTable(
            List.of(
                "<domain",
                ">images",
                ">served",
                ">first " + DemoScore.EDGE,
                ">last " + DemoScore.EDGE,
                ">prequential"));
    score.domains().forEach((name, hits) -> table.add(row(name, hits, prequential(model, name))));
    table.add(row("all", score.overall(), model.flatMap(ModelStatus::accuracy)));
    table.lines().forEach(console.out()::println);
    console.print(
        String.format(
            Locale.ROOT,
            "%d images in %.1f s (%.1f/s), snapshot %d, %d refused.",
            score.answered(),
            seconds,
            seconds > 0 ? score.answered() / seconds : 0,
            score.version(),
            score.refusals()));
    console.print(
        "served: predictions as published; prequential: the head in training, scored on each image"
            + " before it learns it, over all that the model has seen.");
    model
        .filter(ModelStatus::reducedQuality)
        .ifPresent(
            status ->
                console.print(
                    "REDUCED QUALITY: the backbone is a stand-in; ImageNet weights do better."));
  }

  private static List<String> row(String name, DemoScore.Hits hits, Optional<Double> prequential) {
    return List.of(
        name,
        Long.toString(hits.images()),
        share(hits.accuracy()),
        share(hits.first()),
        share(hits.last()),
        share(prequential));
  }

  private static Optional<Double> prequential(Optional<ModelStatus> model, String domain) {
    return model.map(status -> status.domains().get(domain)).flatMap(ModelStatus.Share::accuracy);
  }

  private static String share(Optional<Double> value) {
    return value.map(share -> String.format(Locale.ROOT, "%.3f", share)).orElse("-");
  }

  /** What {@link #print} tells, for programs. */
  private record Result(
      long images,
      long refused,
      double seconds,
      long version,
      Optional<Double> servedAccuracy,
      Optional<Double> accuracy,
      Optional<Boolean> reducedQuality,
      Map<String, DomainResult> domains) {}

  private record DomainResult(
      long images,
      Optional<Double> servedAccuracy,
      Optional<Double> first,
      Optional<Double> last,
      Optional<Double> accuracy) {}

  /** Prints the same as one JSON object. */
  void printJson(DemoScore score, Optional<ModelStatus> model, double seconds) {
    var domains = new LinkedHashMap<String, DomainResult>();
    score
        .domains()
        .forEach(
            (name, hits) ->
                domains.put(
                    name,
                    new DomainResult(
                        hits.images(),
                        hits.accuracy(),
                        hits.first(),
                        hits.last(),
                        prequential(model, name))));
    var result =
        new Result(
            score.answered(),
            score.refusals(),
            Math.round(seconds * 1000) / 1000.0,
            score.version(),
            score.overall().accuracy(),
            model.flatMap(ModelStatus::accuracy),
            model.map(ModelStatus::reducedQuality),
            domains);
    console.print(Json.text(result));
  }
}
