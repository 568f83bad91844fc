package dev.headwater.learner.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.headwater.evaluation.Judgement;
import dev.headwater.evaluation.Outcome;
import dev.headwater.evaluation.Outcome.Published;
import dev.headwater.evaluation.ScoreCard;
import dev.headwater.evaluation.ScoreCardCodec;
import dev.headwater.evaluation.ScoreIndex;
import dev.headwater.event.Json;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * The scores of one model. Each judged prediction counts on up to four {@linkplain ScoreCard
 * cards}: of the head in training over all and on its domain, and, of what was published, over all
 * and by its version. A record holds a card, and one more lists the domains and versions.
 */
public final class ScoreBook {
  private static final int FORMAT = 1;

  private final String model;
  private final Map<String, ScoreCard> cards = new HashMap<>();
  private ScoreIndex index = ScoreIndex.NONE;

  /** Keys of the records that are not as they were read or saved last. */
  private final Set<String> changed = new LinkedHashSet<>();

  /** What a version published, judged. */
  public record Served(long version, Judgement judgement) {}

  /** An index as it is kept, in JSON. */
  private record Stored(int format, List<String> domains, SortedSet<Long> versions) {}

  private ScoreBook(String model) {
    this.model = model;
  }

  /** Reads the scores of a model; none, if nothing was saved. */
  public static ScoreBook read(String model, ByteSource source) {
    var book = new ScoreBook(model);
    byte[] json = source.get(book.indexKey());
    book.index = json == null ? ScoreIndex.NONE : readIndex(json);
    book.readCard(book.trainedKey(), source);
    book.readCard(book.servedKey(), source);
    book.index.domains().forEach(name -> book.readCard(book.domainKey(name), source));
    book.index.versions().forEach(version -> book.readCard(book.versionKey(version), source));
    return book;
  }

  private void readCard(String key, ByteSource source) {
    byte[] bytes = source.get(key);
    if (bytes != null) {
      cards.put(key, ScoreCardCodec.read(bytes));
    }
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

  /** Writes what has changed since it was read or saved last. */
  public void save(ByteStore store) {
    for (String key : changed) {
      if (key.equals(indexKey())) {
        store.put(key, writeIndex());
      } else if (cards.containsKey(key)) {
        store.put(key, ScoreCardCodec.write(cards.get(key)));
      } else {
        store.delete(key);
      }
    }
    changed.clear();
  }

  private byte[] writeIndex() {
    try {
      return Json.MAPPER.writeValueAsBytes(new Stored(FORMAT, index.domains(), index.versions()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of plain values is always writable as JSON", e);
    }
  }

  /** Returns a copy, for another thread to read. */
  public ScoreBook copy() {
    var copy = new ScoreBook(model);
    copy.cards.putAll(cards);
    copy.index = index;
    return copy;
  }

  /** Of the head in training, over all domains. */
  public ScoreCard trained() {
    return card(trainedKey());
  }

  /** Of the published predictions that a trained head made. */
  public ScoreCard served() {
    return card(servedKey());
  }

  /** Of the head in training on a domain. */
  public ScoreCard domain(String name) {
    return card(domainKey(name));
  }

  /** Of the published predictions of a version. */
  public ScoreCard version(long version) {
    return card(versionKey(version));
  }

  private ScoreCard card(String key) {
    return cards.getOrDefault(key, ScoreCard.NONE);
  }

  /** Which domains and versions have a card. */
  public ScoreIndex index() {
    return index;
  }

  /**
   * Counts one answer of the head in training, and what was published for the same image.
   *
   * @param served empty if no trained head predicted
   * @return where they were counted
   */
  public Outcome add(String domain, Judgement trained, Optional<Served> served) {
    String name = index.known(domain);
    setIndex(index.withDomain(name));
    return new Outcome(
        trained,
        add(trainedKey(), trained),
        name,
        add(domainKey(name), trained),
        served.map(this::add));
  }

  private Published add(Served served) {
    var judgement = served.judgement();
    long version = served.version();
    long number = add(servedKey(), judgement);
    if (!index.takes(version)) {
      return new Published(judgement, number, version, 0);
    }
    index.displacedBy(version).ifPresent(old -> drop(versionKey(old)));
    setIndex(index.withVersion(version));
    return new Published(judgement, number, version, add(versionKey(version), judgement));
  }

  /** Returns the number of the judgement on the card. */
  private long add(String key, Judgement judgement) {
    var next = card(key).plus(judgement);
    set(key, next);
    return next.examples();
  }

  /** Judges anew a prediction that was counted; what was published too. */
  public void relabel(Outcome counted, boolean positive) {
    relabel(trainedKey(), counted.trained(), counted.number(), positive);
    relabel(domainKey(counted.domain()), counted.trained(), counted.domainNumber(), positive);
    counted.published().ifPresent(published -> relabel(published, positive));
  }

  private void relabel(Published published, boolean positive) {
    relabel(servedKey(), published.judgement(), published.number(), positive);
    if (index.versions().contains(published.version())) {
      String key = versionKey(published.version());
      relabel(key, published.judgement(), published.versionNumber(), positive);
    }
  }

  private void relabel(String key, Judgement before, long number, boolean positive) {
    set(key, card(key).relabelled(before, number, positive));
  }

  private void setIndex(ScoreIndex next) {
    if (!next.equals(index)) {
      index = next;
      changed.add(indexKey());
    }
  }

  private void set(String key, ScoreCard card) {
    cards.put(key, card);
    changed.add(key);
  }

  private void drop(String key) {
    cards.remove(key);
    changed.add(key);
  }

  private String indexKey() {
    return model + "/index";
  }

  private String trainedKey() {
    return model + "/trained";
  }

  private String servedKey() {
    return model + "/served";
  }

  private String domainKey(String name) {
    return model + "/domain/" + name;
  }

  private String versionKey(long version) {
    return model + "/version/" + version;
  }
}
