package dev.headwater.bench.learning;

import dev.headwater.backbone.BackboneId;
import dev.headwater.bench.service.ModelProbe;
import dev.headwater.event.DriftEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * Asks how often the service's detectors alarm where nothing changes, and how soon where something
 * does. Images are drawn with replacement from what there is of a domain.
 *
 * @param backbone that embedded the images
 * @param before images before a shift
 * @param after most images after it
 */
record DriftBench(BackboneId backbone, int before, int after) {

  /**
   * How soon a shift was found.
   *
   * @param labelled images of the new domain, all labelled, until the first alarm of any detector;
   *     empty for none
   * @param unlabelled the same without any label after the shift
   */
  record Delay(OptionalInt labelled, OptionalInt unlabelled) {}

  /** Returns the images by domain, in their order. */
  static Map<String, List<StreamItem>> byDomain(List<StreamItem> items) {
    var domains = new LinkedHashMap<String, List<StreamItem>>();
    items.forEach(
        item -> domains.computeIfAbsent(item.domain(), name -> new ArrayList<>()).add(item));
    return domains;
  }

  /** Counts the alarms, by detector, in so many labelled images of one distribution. */
  Map<DriftEvent.Detector, Integer> falseAlarms(List<StreamItem> items, int images, long seed) {
    var random = new SplittableRandom(seed);
    var probe = probe(items, seed);
    var alarms = new LinkedHashMap<DriftEvent.Detector, Integer>();
    for (int n = 0; n < images; n++) {
      take(probe, draw(items, random), true)
          .forEach(event -> alarms.merge(event.detector().orElseThrow(), 1, Integer::sum));
    }
    return alarms;
  }

  /** Lets images of one domain follow those of another. */
  Delay shift(List<StreamItem> from, List<StreamItem> to, long seed) {
    return new Delay(delay(from, to, true, seed), delay(from, to, false, seed));
  }

  private OptionalInt delay(
      List<StreamItem> from, List<StreamItem> to, boolean labelled, long seed) {
    var random = new SplittableRandom(seed);
    var probe = probe(from, seed);
    for (int n = 0; n < before; n++) {
      take(probe, draw(from, random), true);
    }
    for (int n = 1; n <= after; n++) {
      if (!take(probe, draw(to, random), labelled).isEmpty()) {
        return OptionalInt.of(n);
      }
    }
    return OptionalInt.empty();
  }

  private ModelProbe probe(List<StreamItem> items, long seed) {
    return new ModelProbe(backbone, items.get(0).embedding().size(), seed);
  }

  private static StreamItem draw(List<StreamItem> items, SplittableRandom random) {
    return items.get(random.nextInt(items.size()));
  }

  private static List<DriftEvent> take(ModelProbe probe, StreamItem item, boolean labelled) {
    return probe.take(
        item.embedding(),
        item.domain(),
        labelled ? Optional.of(item.positive()) : Optional.empty());
  }
}
