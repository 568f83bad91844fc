package dev.headwater.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Holds a card to what NumPy says: {@code scores.py}, beside the numbers it wrote. */
class GoldenScoresTest {
  private static final double ROUNDING = 1e-9;

  /** Of the histogram, on these answers. */
  private static final double AUC = 0.004;

  @Test
  void shouldAgreeWithNumPy() throws IOException {
    JsonNode golden;
    try (var file = getClass().getResourceAsStream("scores.json")) {
      golden = new ObjectMapper().readTree(file);
    }
    var card = ScoreCard.NONE;
    int at = 0;
    for (JsonNode expected : golden.get("expected")) {
      while (at < expected.get("after").asInt()) {
        card = card.plus(judgement(golden.get("answers").get(at++)));
      }
      assertAgree(card.overall(), expected.get("overall"), AUC);
      assertAgree(card.window(), expected.get("window"), ROUNDING);
      assertAgree(card.fading(), expected.get("fading"), AUC);
    }
    assertThat(at).isEqualTo(700);
  }

  private static Judgement judgement(JsonNode answer) {
    return new Judgement(
        (float) answer.get(0).asDouble(), answer.get(1).asBoolean(), answer.get(2).asBoolean());
  }

  private static void assertAgree(Measures actual, JsonNode expected, double auc) {
    assertThat(actual.examples()).isEqualTo(expected.get("examples").asLong());
    assertClose(actual.accuracy(), expected.get("accuracy"), ROUNDING);
    assertClose(actual.logLoss(), expected.get("logLoss"), ROUNDING);
    assertClose(actual.auc(), expected.get("auc"), auc);
    assertClose(actual.f1(), expected.get("f1"), ROUNDING);
    assertClose(actual.brier(), expected.get("brier"), ROUNDING);
    assertClose(actual.calibrationError(), expected.get("calibrationError"), ROUNDING);
  }

  private static void assertClose(Optional<Double> actual, JsonNode expected, double error) {
    assertThat(actual.isEmpty()).isEqualTo(expected.isNull());
    actual.ifPresent(value -> assertThat(value).isCloseTo(expected.asDouble(), within(error)));
  }
}
