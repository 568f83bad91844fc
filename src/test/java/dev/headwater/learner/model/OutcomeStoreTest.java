package dev.headwater.learner.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.evaluation.Judgement;
import dev.headwater.evaluation.Outcome;
import dev.headwater.evaluation.Outcome.Published;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutcomeStoreTest {
  private final HeapStore store = new HeapStore();
  private final OutcomeStore answers = new OutcomeStore(store);

  private static Outcome answer(long number, String domain, Optional<Published> published) {
    return new Outcome(new Judgement(0.3f, false, false), number, domain, 2, published);
  }

  private static Outcome answer(long number) {
    return answer(number, "d", Optional.empty());
  }

  @Test
  void shouldFindWhatWasAddedAndReplaced() {
    var published = new Published(new Judgement(1, true, false), 5, 1L << 40, 3);
    var answer = answer(7, "phötö", Optional.of(published));
    answers.add("m", "image", answer);
    assertThat(answers.find("m", "image")).contains(answer);
    assertThat(answers.find("n", "image")).isEmpty();
    answers.replace("m", "image", answer.relabelled(true));
    var found = answers.find("m", "image").orElseThrow();
    assertThat(found.trained()).isEqualTo(new Judgement(0.3f, false, true));
    assertThat(found.published().orElseThrow().judgement()).isEqualTo(new Judgement(1, true, true));
    assertThat(found.relabelled(false)).isEqualTo(answer);
  }

  @Test
  void shouldForgetTheAnswerWhosePlaceItTakes() {
    answers.add("m", "old", answer(3));
    answers.add("m", "new", answer(3 + OutcomeStore.MOST));
    assertThat(answers.find("m", "old")).isEmpty();
    assertThat(answers.find("m", "new")).isPresent();
    assertThat(store.entries()).hasSize(2);
  }

  @Test
  void shouldKeepTheNewerAnswerOfAnIdThatCameAgain() {
    answers.add("m", "again", answer(3));
    answers.add("m", "again", answer(50));
    answers.add("m", "other", answer(3 + OutcomeStore.MOST));
    assertThat(answers.find("m", "again")).contains(answer(50));
  }

  @Test
  void shouldPassOverAnAnswerWithoutProbabilityAndForgetItInItsTurn() {
    byte[] right = ByteBuffer.allocate(10).put((byte) 1).putLong(3).put((byte) 'd').array();
    store.put("m/answer/old", right);
    store.put("m/place/3", "old".getBytes(StandardCharsets.UTF_8));
    assertThat(answers.find("m", "old")).isEmpty();
    answers.add("m", "new", answer(3 + OutcomeStore.MOST));
    assertThat(store.entries()).containsOnlyKeys("m/answer/new", "m/place/3");
  }
}
