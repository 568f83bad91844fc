package dev.headwater.learner.model;

import dev.headwater.evaluation.Judgement;
import dev.headwater.evaluation.Outcome;
import dev.headwater.evaluation.Outcome.Published;
import dev.headwater.evaluation.ScoreCard;
import dev.headwater.evaluation.ScoreIndex;
import java.util.Optional;

/**
 * The scores of one model, to be written. Each answer counts on up to four cards: of the head in
 * training over all and on its domain, and, of what was published, over all and by its version.
 */
public final class ScoreBook extends ScoreStore {
  private final String model;
  private final ByteStore store;
  private ScoreIndex index;

  /** What a version published, judged. */
  public record Served(long version, Judgement judgement) {}

  public ScoreBook(String model, ByteStore store) {
    super(model, store);
    this.model = model;
    this.store = store;
  }

  /** Read once: this object alone writes it while it lives. */
  @Override
  ScoreIndex index() {
    if (index == null) {
      index = super.index();
    }
    return index;
  }

  /** Goes on from what was counted before there were cards. */
  void continueFrom(EarlierScores earlier) {
    earlier.records(model).forEach(store::put);
    index = null;
  }

  /** Returns the name that a domain is counted by. */
  String counted(String domain) {
    return index().known(domain);
  }

  /**
   * Counts one answer of the head in training, and what was published for the same image.
   *
   * @param served empty if no trained head made it
   * @return where they were counted
   */
  Outcome add(String domain, Judgement trained, Optional<Served> served) {
    String name = index().known(domain);
    save(index().withDomain(name));
    return new Outcome(
        trained,
        add(trainedKey(model), trained),
        name,
        add(domainKey(model, name), trained),
        served.map(this::add));
  }

  private Published add(Served served) {
    var judgement = served.judgement();
    long version = served.version();
    long number = add(servedKey(model), judgement);
    if (!index().takes(version)) {
      return new Published(judgement, number, version, 0);
    }
    index().displacedBy(version).ifPresent(old -> store.delete(versionKey(model, old)));
    save(index().withVersion(version));
    return new Published(judgement, number, version, add(versionKey(model, version), judgement));
  }

  /** Returns the number of the answer on the card. */
  private long add(String key, Judgement judgement) {
    var next = card(key).plus(judgement);
    save(key, next);
    return next.examples();
  }

  /** Judges anew an answer that was counted; of what was published too. */
  void relabel(Outcome counted, boolean positive) {
    relabel(trainedKey(model), counted.trained(), counted.number(), positive);
    relabel(
        domainKey(model, counted.domain()), counted.trained(), counted.domainNumber(), positive);
    counted.published().ifPresent(answer -> relabel(answer, positive));
  }

  private void relabel(Published answer, boolean positive) {
    relabel(servedKey(model), answer.judgement(), answer.number(), positive);
    if (index().versions().contains(answer.version())) {
      String key = versionKey(model, answer.version());
      relabel(key, answer.judgement(), answer.versionNumber(), positive);
    }
  }

  private void relabel(String key, Judgement before, long number, boolean positive) {
    save(key, card(key).relabelled(before, number, positive));
  }

  private void save(ScoreIndex next) {
    if (!next.equals(index())) {
      store.put(indexKey(model), write(next));
      index = next;
    }
  }

  private void save(String key, ScoreCard card) {
    store.put(key, write(card));
  }
}
