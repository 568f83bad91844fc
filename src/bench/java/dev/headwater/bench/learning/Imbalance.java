package dev.headwater.bench.learning;

import dev.headwater.cli.client.CommandFailedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes the positive class of a stream rare.
 *
 * <p>The positives are shared out evenly over the domains, the earlier ones getting one more where
 * it does not come out even; each domain takes so many of its own, the first in its order, each
 * once. For each of them it takes {@code ratio} negatives: each of its own once, and if these are
 * too few, further ones drawn from them with replacement. A positive is never used again.
 *
 * @param ratio negatives to a positive
 * @param positives most positives of a stream
 */
record Imbalance(int ratio, int positives) {

  /** Returns the stream thinned out, each domain shuffled by {@code seed}. */
  List<StreamItem> thin(List<StreamItem> stream, long seed) {
    var byDomain = new LinkedHashMap<String, List<StreamItem>>();
    stream.forEach(i -> byDomain.computeIfAbsent(i.domain(), d -> new ArrayList<>()).add(i));
    var random = new Random(seed);
    var thinned = new ArrayList<StreamItem>();
    int domain = 0;
    for (Map.Entry<String, List<StreamItem>> entry : byDomain.entrySet()) {
      int share = positives / byDomain.size() + (domain < positives % byDomain.size() ? 1 : 0);
      thinned.addAll(thin(entry.getKey(), entry.getValue(), share, random));
      domain++;
    }
    return thinned;
  }

  private List<StreamItem> thin(String domain, List<StreamItem> items, int share, Random random) {
    var chosen = new ArrayList<>(items.stream().filter(StreamItem::positive).limit(share).toList());
    var negatives = items.stream().filter(item -> !item.positive()).toList();
    if (negatives.isEmpty()) {
      throw new CommandFailedException(
          "domain %s has no negative images, expected some for --imbalance".formatted(domain));
    }
    int wanted = chosen.size() * ratio;
    for (int i = 0; i < wanted; i++) {
      chosen.add(negatives.get(i < negatives.size() ? i : random.nextInt(negatives.size())));
    }
    Collections.shuffle(chosen, random);
    return chosen;
  }
}
