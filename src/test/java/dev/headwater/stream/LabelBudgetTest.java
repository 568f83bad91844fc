package dev.headwater.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.learner.model.HeapStore;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class LabelBudgetTest {
  private static final double SHARE = 0.1;

  private final HeapStore store = new HeapStore();

  private static int asked(LabelBudget budget, String model, int images) {
    int asked = 0;
    for (int n = 0; n < images; n++) {
      asked += budget.asks(model) ? 1 : 0;
    }
    return asked;
  }

  @Test
  void shouldGrantEachNewModelABurstAndThenKeepToTheShare() {
    var budget = new LabelBudget(SHARE, 1, store);
    assertThat(asked(budget, "a", 12)).isEqualTo(12);
    assertThat(asked(budget, "b", 12)).isEqualTo(12);
    assertThat(asked(budget, "a", 988)).isBetween(87, 89);
  }

  @Test
  void shouldDivideTheBurstAmongTasks() {
    assertThat(asked(new LabelBudget(SHARE, 4, store), "a", 4)).isEqualTo(3);
  }

  @Test
  void shouldGrantNoSecondBurstAfterARestart() {
    assertThat(asked(new LabelBudget(SHARE, 1, store), "a", 20)).isBetween(12, 13);
    assertThat(asked(new LabelBudget(SHARE, 1, store.reopened()), "a", 20)).isBetween(1, 2);
  }

  @Test
  void shouldWriteTheBytesOfFormatOne() {
    asked(new LabelBudget(0, 1, store), "a", 1);
    assertThat(HexFormat.of().formatHex(store.get("a")))
        .isEqualTo("0140280000000000004028000000000000");
  }

  @Test
  void shouldRefuseAFormatThatItDoesNotKnow() {
    store.put("a", new byte[] {9});
    assertThatThrownBy(() -> new LabelBudget(SHARE, 1, store).asks("a"))
        .hasMessageContaining("label budget of model a has format 9: this build reads 1");
  }
}
