package dev.headwater.bench.learning;

import dev.headwater.head.HeadTrainer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the same head reaches if it may see all data as often as it likes: what online learners are
 * held against. Every image is scored by a head that did not see it, in five-fold cross-validation.
 */
final class Offline {
  static final String DOMAIN_BY_DOMAIN =
      "the same head trained to convergence on the domains before and four fifths of this one;"
          + " scores the other fifth, five-fold";

  static final String BALANCED =
      "the same head trained to convergence on four fifths of all domains, classes balanced; scores"
          + " the other fifth, five-fold";

  private static final int FOLDS = 5;

  private final HeadTrainer trainer;

  Offline(int inputs) {
    trainer = new HeadTrainer(inputs);
  }

  /**
   * Judges each image of a stream, domain after domain: a head answers for a fifth of a domain that
   * was trained on the other four fifths and on the whole of the domains before it.
   */
  List<Judged> domainByDomain(List<StreamItem> stream, long seed) {
    var folds = folds(stream, seed);
    var judged = new ArrayList<Judged>();
    var before = new ArrayList<StreamItem>();
    for (String domain : domains(stream)) {
      var ofDomain = stream.stream().filter(item -> item.domain().equals(domain)).toList();
      for (int fold = 0; fold < FOLDS; fold++) {
        var training = new ArrayList<>(before);
        training.addAll(inFold(ofDomain, folds, fold, false));
        var head = OfflineHead.train(trainer, training, false, seed);
        judge(head, inFold(ofDomain, folds, fold, true), judged);
      }
      before.addAll(ofDomain);
    }
    return judged;
  }

  /**
   * Judges each image of a stream with a rare class: a head answers for a fifth of the images that
   * was trained on the other four fifths, of all domains, both classes used equally often. An image
   * that the stream uses again is in one fold with itself, and trained on once an epoch.
   */
  List<Judged> balanced(List<StreamItem> stream, long seed) {
    var folds = folds(stream, seed);
    var judged = new ArrayList<Judged>();
    for (int fold = 0; fold < FOLDS; fold++) {
      var training = distinct(inFold(stream, folds, fold, false));
      var head = OfflineHead.train(trainer, training, true, seed);
      judge(head, inFold(stream, folds, fold, true), judged);
    }
    return judged;
  }

  private static void judge(OfflineHead head, List<StreamItem> items, List<Judged> judged) {
    items.forEach(
        item ->
            judged.add(new Judged(item.domain(), item.positive(), head.predict(item.embedding()))));
  }

  private static List<StreamItem> inFold(
      List<StreamItem> items, Map<String, Integer> folds, int fold, boolean inside) {
    return items.stream().filter(i -> (folds.get(i.imageId()) == fold) == inside).toList();
  }

  private static List<StreamItem> distinct(List<StreamItem> items) {
    var byId = new LinkedHashMap<String, StreamItem>();
    items.forEach(item -> byId.putIfAbsent(item.imageId(), item));
    return List.copyOf(byId.values());
  }

  private static Set<String> domains(List<StreamItem> stream) {
    var domains = new LinkedHashSet<String>();
    stream.forEach(item -> domains.add(item.domain()));
    return domains;
  }

  /** Deals the images of each domain and class out to the folds, evenly and at random. */
  private static Map<String, Integer> folds(List<StreamItem> stream, long seed) {
    var groups = new TreeMap<String, List<String>>();
    for (StreamItem item : distinct(stream)) {
      var group = item.domain() + "/" + item.positive();
      groups.computeIfAbsent(group, g -> new ArrayList<>()).add(item.imageId());
    }
    var folds = new HashMap<String, Integer>();
    var random = new Random(seed);
    for (List<String> group : groups.values()) {
      Collections.sort(group);
      Collections.shuffle(group, random);
      for (int i = 0; i < group.size(); i++) {
        folds.put(group.get(i), i % FOLDS);
      }
    }
    return folds;
  }
}
