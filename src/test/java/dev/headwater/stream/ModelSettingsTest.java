package dev.headwater.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.event.ErrorCode;
import dev.headwater.event.RejectedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSettingsTest {
  private static final ModelSettings PARTS = new ModelSettings("parts", "good", "scratched", 0.3);

  @ParameterizedTest
  @CsvSource({
    "scratched, true",
    "good, false",
    "1, true",
    "0, false",
    "true, true",
    "false, false",
    "TRUE, true",
    "False, false"
  })
  void shouldReadALabelByClassNameNumberOrBoolean(String label, boolean positive) throws Exception {
    assertThat(PARTS.isPositive(label)).isEqualTo(positive);
  }

  @Test
  void shouldReadAClassNameBeforeANumber() throws Exception {
    var digits = new ModelSettings("digits", "1", "0", 0.5);
    assertThat(digits.isPositive("0")).isTrue();
    assertThat(digits.isPositive("1")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Scratched", "2", "-1", "yes", "", " 1", "1.0", "positive"})
  void shouldRefuseAnyOtherLabel(String label) {
    assertThatThrownBy(() -> PARTS.isPositive(label))
        .isInstanceOfSatisfying(
            RejectedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LABEL_UNKNOWN))
        .hasMessage(
            "label '%s' for model parts, expected 'scratched' or 'good', 1 or 0, true or false",
            label);
  }

  @Test
  void shouldPredictThePositiveClassFromTheThresholdOn() {
    assertThat(PARTS.predictsPositive(0.3)).isTrue();
    assertThat(PARTS.predictsPositive(Math.nextDown(0.3))).isFalse();
    assertThat(PARTS.className(true)).isEqualTo("scratched");
    assertThat(PARTS.className(false)).isEqualTo("good");
    assertThat(PARTS.classes()).containsExactly("good", "scratched");
  }

  @ParameterizedTest
  @CsvSource({"a,a", "'',b", "a,' '"})
  void shouldRefuseClassesThatCannotBeToldApart(String negative, String positive) {
    assertThatThrownBy(() -> new ModelSettings("m", negative, positive, 0.5))
        .hasMessage(
            "model m has the classes '%s' and '%s', expected two different names",
            negative, positive);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
  void shouldRefuseAThresholdThatIsNotBetweenZeroAndOne(double threshold) {
    assertThatThrownBy(() -> new ModelSettings("m", "a", "b", threshold))
        .hasMessage(
            "model m has the threshold %s, expected more than 0 and less than 1", threshold);
  }
}
