package dev.headwater.stream;

import dev.headwater.evaluation.Answer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How the head in training answered for the newest labelled images of each model, by image id.
 *
 * <p>Bounded by a count and not by a clock, so that the same log leaves the same state: the answer
 * to example {@code n} takes the place of the one to example {@code n - MOST}.
 */
final class AnswerStore {
  /** Answers kept of each model, about 150 bytes each. */
  static final int MOST = 100_000;

  private final ByteStore store;

  AnswerStore(ByteStore store) {
    this.store = store;
  }

  Optional<Answer> find(String model, String imageId) {
    return Optional.ofNullable(store.get(answerKey(model, imageId))).map(AnswerStore::read);
  }

  /** Keeps an answer, and forgets the one whose place it takes. */
  void add(String model, String imageId, Answer answer) {
    String place = "%s/place/%d".formatted(model, answer.number() % MOST);
    byte[] before = store.get(place);
    if (before != null) {
      forget(model, new String(before, StandardCharsets.UTF_8), answer.number() - MOST);
    }
    store.put(place, imageId.getBytes(StandardCharsets.UTF_8));
    replace(model, imageId, answer);
  }

  /** An id may have come again since, once the edge had forgotten it: that answer stays. */
  private void forget(String model, String imageId, long number) {
    if (find(model, imageId).filter(answer -> answer.number() == number).isPresent()) {
      store.delete(answerKey(model, imageId));
    }
  }

  /** Writes an answer that is kept already. */
  void replace(String model, String imageId, Answer answer) {
    byte[] domain = answer.domain().getBytes(StandardCharsets.UTF_8);
    var buffer = ByteBuffer.allocate(1 + 8 + domain.length);
    buffer.put((byte) (answer.right() ? 1 : 0)).putLong(answer.number()).put(domain);
    store.put(answerKey(model, imageId), buffer.array());
  }

  private static Answer read(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    boolean right = buffer.get() == 1;
    long number = buffer.getLong();
    var domain = new byte[buffer.remaining()];
    buffer.get(domain);
    return new Answer(number, new String(domain, StandardCharsets.UTF_8), right);
  }

  private static String answerKey(String model, String imageId) {
    return "%s/answer/%s".formatted(model, imageId);
  }
}
