package dev.headwater.learner.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.evaluation.Judgement;
import dev.headwater.evaluation.Outcome;
import dev.headwater.evaluation.Outcome.Published;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutcomeStoreTest {
  private final HeapStore store = new HeapStore();
  private final OutcomeStore outcomes = new OutcomeStore("m", store);

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
    outcomes.add("image", answer);
    assertThat(outcomes.find("image")).contains(answer);
    assertThat(new OutcomeStore("n", store).find("image")).isEmpty();
    outcomes.replace("image", answer.relabelled(true));
    var found = outcomes.find("image").orElseThrow();
    assertThat(found.trained()).isEqualTo(new Judgement(0.3f, false, true));
    assertThat(found.published().orElseThrow().judgement()).isEqualTo(new Judgement(1, true, true));
    assertThat(found.relabelled(false)).isEqualTo(answer);
  }

  @Test
  void shouldForgetTheAnswerWhosePlaceItTakes() {
    outcomes.add("old", answer(3));
    outcomes.add("new", answer(3 + OutcomeStore.MOST));
    assertThat(outcomes.find("old")).isEmpty();
    assertThat(outcomes.find("new")).isPresent();
    assertThat(store.entries()).hasSize(2);
  }

  @Test
  void shouldKeepTheNewerAnswerOfAnIdThatCameAgain() {
    outcomes.add("again", answer(3));
    outcomes.add("again", answer(50));
    outcomes.add("other", answer(3 + OutcomeStore.MOST));
    assertThat(outcomes.find("again")).contains(answer(50));
  }

  @Test
  void shouldRefuseAnotherFormat() {
    store.put("m/answer/old", ByteBuffer.allocate(30).put((byte) 1).array());
    assertThatThrownBy(() -> outcomes.find("old"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("outcome has format 1: this build reads 2; start the build that wrote it");
  }
}
