package dev.headwater.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.evaluation.Answer;
import org.junit.jupiter.api.Test;

class AnswerStoreTest {
  private final HeapStore store = new HeapStore();
  private final AnswerStore answers = new AnswerStore(store);

  @Test
  void shouldFindWhatWasAddedAndReplaced() {
    var answer = new Answer(7, "photo", true);
    answers.add("m", "image", answer);
    assertThat(answers.find("m", "image")).contains(answer);
    assertThat(answers.find("n", "image")).isEmpty();
    answers.replace("m", "image", answer.corrected());
    assertThat(answers.find("m", "image")).contains(new Answer(7, "photo", false));
  }

  @Test
  void shouldForgetTheAnswerWhosePlaceItTakes() {
    answers.add("m", "old", new Answer(3, "d", true));
    answers.add("m", "new", new Answer(3 + AnswerStore.MOST, "d", true));
    assertThat(answers.find("m", "old")).isEmpty();
    assertThat(answers.find("m", "new")).isPresent();
    assertThat(store.entries()).hasSize(2);
  }

  @Test
  void shouldKeepTheNewerAnswerOfAnIdThatCameAgain() {
    answers.add("m", "again", new Answer(3, "d", true));
    answers.add("m", "again", new Answer(50, "d", false));
    answers.add("m", "other", new Answer(3 + AnswerStore.MOST, "d", true));
    assertThat(answers.find("m", "again")).contains(new Answer(50, "d", false));
  }
}
