package dev.headwater.learner.model;

import dev.headwater.evaluation.Judgement;
import dev.headwater.evaluation.Outcome;
import dev.headwater.evaluation.Outcome.Published;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * How the newest labelled images of each model were answered, by image id: a format (2), the
 * example's number, and the rest of an {@link Outcome}.
 *
 * <p>Bounded by a count and not by a clock, so that the same log leaves the same state: the answer
 * to example {@code n} takes the place of the one to example {@code n - MOST}.
 */
final class OutcomeStore {
  /** Answers kept of each model, about 200 bytes each. */
  static final int MOST = 100_000;

  /** Before it came 0 and 1, wrong and right, without the probability. */
  private static final byte FORMAT = 2;

  private static final int FIXED_BYTES = 1 + 8 + 8 + 4 + 1;
  private static final int PUBLISHED_BYTES = 4 + 8 + 8 + 8;

  private final ByteStore store;

  OutcomeStore(ByteStore store) {
    this.store = store;
  }

  /** Finds an answer; not one of a build that kept no probabilities, since those count nowhere. */
  Optional<Outcome> find(String model, String imageId) {
    return Optional.ofNullable(store.get(answerKey(model, imageId)))
        .filter(bytes -> bytes[0] == FORMAT)
        .map(OutcomeStore::read);
  }

  /** Keeps an answer, and forgets the one whose place it takes. */
  void add(String model, String imageId, Outcome answer) {
    String place = model + "/place/" + answer.number() % MOST;
    byte[] before = store.get(place);
    if (before != null) {
      forget(model, new String(before, StandardCharsets.UTF_8), answer.number() - MOST);
    }
    store.put(place, imageId.getBytes(StandardCharsets.UTF_8));
    replace(model, imageId, answer);
  }

  /** An id may have come again since, once inference had forgotten it: that answer stays. */
  private void forget(String model, String imageId, long number) {
    String key = answerKey(model, imageId);
    byte[] kept = store.get(key);
    if (kept != null && ByteBuffer.wrap(kept).getLong(1) == number) {
      store.delete(key);
    }
  }

  /** Writes an answer that is kept already. */
  void replace(String model, String imageId, Outcome answer) {
    byte[] domain = answer.domain().getBytes(StandardCharsets.UTF_8);
    var buffer = ByteBuffer.allocate(FIXED_BYTES + PUBLISHED_BYTES + domain.length);
    buffer.put(FORMAT).putLong(answer.number()).putLong(answer.domainNumber());
    buffer.putInt(answer.trained().packed());
    buffer.put((byte) (answer.published().isPresent() ? 1 : 0));
    answer.published().ifPresent(published -> put(buffer, published));
    buffer.put(domain);
    store.put(answerKey(model, imageId), Arrays.copyOf(buffer.array(), buffer.position()));
  }

  private static void put(ByteBuffer buffer, Published published) {
    buffer.putInt(published.judgement().packed()).putLong(published.number());
    buffer.putLong(published.version()).putLong(published.versionNumber());
  }

  private static Outcome read(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
    long number = buffer.getLong();
    long domainNumber = buffer.getLong();
    var trained = Judgement.unpacked(buffer.getInt());
    Optional<Published> published =
        buffer.get() == 1 ? Optional.of(published(buffer)) : Optional.empty();
    var domain = new byte[buffer.remaining()];
    buffer.get(domain);
    return new Outcome(
        trained, number, new String(domain, StandardCharsets.UTF_8), domainNumber, published);
  }

  private static Published published(ByteBuffer buffer) {
    return new Published(
        Judgement.unpacked(buffer.getInt()), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  private static String answerKey(String model, String imageId) {
    return model + "/answer/" + imageId;
  }
}
