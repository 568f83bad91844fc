package dev.headwater.learner.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.headwater.evaluation.ScoreCard;
import dev.headwater.evaluation.ScoreCardCodec;
import dev.headwater.evaluation.ScoreIndex;
import dev.headwater.event.Json;
import java.io.IOException;
import java.util.List;
import java.util.SortedSet;

/**
 * The scores of one model, to be read: a record a {@link ScoreCard}, and one that lists the domains
 * and versions that have one.
 */
public class ScoreStore {
  private static final int FORMAT = 1;

  private final String model;
  private final ByteSource store;

  /** An index as it is kept, in JSON. */
  private record Stored(int format, List<String> domains, SortedSet<Long> versions) {}

  public ScoreStore(String model, ByteSource store) {
    this.model = model;
    this.store = store;
  }

  /** Of the head in training, over all domains. */
  public ScoreCard trained() {
    return card(trainedKey(model));
  }

  /** Of the published answers that a trained head gave. */
  public ScoreCard served() {
    return card(servedKey(model));
  }

  /** Of the head in training on a domain. */
  public ScoreCard domain(String name) {
    return card(domainKey(model, name));
  }

  /** Of the published answers that a version gave. */
  public ScoreCard version(long version) {
    return card(versionKey(model, version));
  }

  final ScoreCard card(String key) {
    byte[] bytes = store.get(key);
    return bytes == null ? ScoreCard.NONE : ScoreCardCodec.read(bytes);
  }

  /** Which domains and versions have a card. */
  ScoreIndex index() {
    byte[] json = store.get(indexKey(model));
    return json == null ? ScoreIndex.NONE : readIndex(json);
  }

  private static ScoreIndex readIndex(byte[] json) {
    try {
      var stored = Json.MAPPER.readValue(json, Stored.class);
      if (stored.format() != FORMAT) {
        throw new IllegalStateException(
            "the index of scores has format %d: this build reads %d; start the build that wrote it"
                .formatted(stored.format(), FORMAT));
      }
      return new ScoreIndex(stored.domains(), stored.versions());
    } catch (IOException e) {
      throw new IllegalStateException(
          "the index of scores is not readable; restore it from Kafka", e);
    }
  }

  static byte[] write(ScoreIndex index) {
    try {
      return Json.MAPPER.writeValueAsBytes(new Stored(FORMAT, index.domains(), index.versions()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of plain values is always writable as JSON", e);
    }
  }

  static byte[] write(ScoreCard card) {
    return ScoreCardCodec.write(card);
  }

  static String indexKey(String model) {
    return model + "/index";
  }

  static String trainedKey(String model) {
    return model + "/trained";
  }

  static String servedKey(String model) {
    return model + "/served";
  }

  static String domainKey(String model, String name) {
    return model + "/domain/" + name;
  }

  static String versionKey(String model, long version) {
    return model + "/version/" + version;
  }
}
