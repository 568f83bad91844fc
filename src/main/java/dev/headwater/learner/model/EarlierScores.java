package dev.headwater.learner.model;

import dev.headwater.evaluation.ScoreCard;
import dev.headwater.evaluation.ScoreIndex;
import dev.headwater.evaluation.Tally;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a model's progress of format 1 or 2 says of its scores: how many answers were right. That
 * goes on counting for the accuracies; of the other measures nothing was kept, nor of the window
 * anything but right and wrong.
 *
 * @param versions null in format 1
 */
record EarlierScores(
    Tally trained, Tally served, Map<Long, Tally> versions, Map<String, Tally> domains) {

  /** Returns the records of a score store that goes on from here, by key. */
  Map<String, byte[]> records(String model) {
    var records = new HashMap<String, byte[]>();
    var byVersion = versions == null ? new TreeMap<Long, Tally>() : new TreeMap<>(versions);
    put(records, ScoreStore.trainedKey(model), trained);
    put(records, ScoreStore.servedKey(model), served);
    byVersion.forEach((version, t) -> put(records, ScoreStore.versionKey(model, version), t));
    domains.forEach((name, tally) -> put(records, ScoreStore.domainKey(model, name), tally));
    var index = new ScoreIndex(domains.keySet().stream().toList(), byVersion.navigableKeySet());
    records.put(ScoreStore.indexKey(model), ScoreStore.write(index));
    return records;
  }

  private static void put(Map<String, byte[]> records, String key, Tally tally) {
    records.put(key, ScoreStore.write(ScoreCard.continuing(tally)));
  }
}
