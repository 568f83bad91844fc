package dev.headwater.learner.model;

import dev.headwater.evaluation.Judgement;
import dev.headwater.evaluation.Outcome;
import dev.headwater.evaluation.Outcome.Published;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * How the newest labelled images of one model were predicted, by image id: a format (2), the
 * example's number, and the rest of an {@link Outcome}.
 *
 * <p>Bounded by a count and not by a clock, so that the same log leaves the same state: the outcome
 * of example {@code n} takes the place of the one of example {@code n - MOST}.
 */
final class OutcomeStore {
  /** Outcomes kept of each model, about 200 bytes each. */
  static final int MOST = 100_000;

  private static final byte FORMAT = 2;

  private static final int FIXED_BYTES = 1 + 8 + 8 + 4 + 1;
  private static final int PUBLISHED_BYTES = 4 + 8 + 8 + 8;

  private final String model;
  private final ByteStore store;

  OutcomeStore(String model, ByteStore store) {
    this.model = model;
    this.store = store;
  }

  Optional<Outcome> find(String imageId) {
    return Optional.ofNullable(store.get(key(imageId))).map(OutcomeStore::read);
  }

  /** Keeps an outcome, and forgets the one whose place it takes. */
  void add(String imageId, Outcome outcome) {
    String place = model + "/place/" + outcome.number() % MOST;
    byte[] before = store.get(place);
    if (before != null) {
      forget(new String(before, StandardCharsets.UTF_8), outcome.number() - MOST);
    }
    store.put(place, imageId.getBytes(StandardCharsets.UTF_8));
    replace(imageId, outcome);
  }

  /** An id may have come again since, once inference had forgotten it: that outcome stays. */
  private void forget(String imageId, long number) {
    String key = key(imageId);
    byte[] kept = store.get(key);
    if (kept != null && ByteBuffer.wrap(kept).getLong(1) == number) {
      store.delete(key);
    }
  }

  /** Writes an outcome that is kept already. */
  void replace(String imageId, Outcome outcome) {
    byte[] domain = outcome.domain().getBytes(StandardCharsets.UTF_8);
    var buffer = ByteBuffer.allocate(FIXED_BYTES + PUBLISHED_BYTES + domain.length);
    buffer.put(FORMAT).putLong(outcome.number()).putLong(outcome.domainNumber());
    buffer.putInt(outcome.trained().packed());
    buffer.put((byte) (outcome.published().isPresent() ? 1 : 0));
    outcome.published().ifPresent(published -> put(buffer, published));
    buffer.put(domain);
    store.put(key(imageId), Arrays.copyOf(buffer.array(), buffer.position()));
  }

  private static void put(ByteBuffer buffer, Published published) {
    buffer.putInt(published.judgement().packed()).putLong(published.number());
    buffer.putLong(published.version()).putLong(published.versionNumber());
  }

  private static Outcome read(byte[] bytes) {
    if (bytes[0] != FORMAT) {
      throw new IllegalStateException(
          "outcome has format %d: this build reads %d; start the build that wrote it"
              .formatted(bytes[0], FORMAT));
    }
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

  private String key(String imageId) {
    return model + "/answer/" + imageId;
  }
}
