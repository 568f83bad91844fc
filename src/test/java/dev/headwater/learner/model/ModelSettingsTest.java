package dev.headwater.learner.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.event.ErrorCode;
import dev.headwater.event.RejectedException;
import dev.headwater.head.DecisionRule.BestF1;
import dev.headwater.head.DecisionRule.Fixed;
import dev.headwater.head.DenseHead;
import dev.headwater.snapshot.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSettingsTest {
  private static final ModelSettings PARTS =
      new ModelSettings("parts", "good", "scratched", new Fixed(0.3));

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
    var digits = new ModelSettings("digits", "1", "0", new Fixed(0.5));
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
  void shouldNameTheClassesOfBothSides() {
    assertThat(PARTS.className(true)).isEqualTo("scratched");
    assertThat(PARTS.className(false)).isEqualTo("good");
    assertThat(PARTS.classes()).containsExactly("good", "scratched");
  }

  @ParameterizedTest
  @CsvSource({"a,a", "'',b", "a,' '"})
  void shouldRefuseClassesThatCannotBeToldApart(String negative, String positive) {
    assertThatThrownBy(() -> new ModelSettings("m", negative, positive, new Fixed(0.5)))
        .hasMessage(
            "model m has the classes '%s' and '%s', expected two different names",
            negative, positive);
  }

  @Test
  void shouldTakeTheThresholdFromTheHeadAndBeforeThereIsOneFromTheSettings() {
    var head = Optional.of(snapshotWithThreshold(0.2));
    assertThat(PARTS.threshold(head)).isEqualTo(0.2);
    assertThat(PARTS.threshold(Optional.empty())).isEqualTo(0.3);
    var tuned = new ModelSettings("parts", "good", "scratched", new BestF1());
    assertThat(tuned.threshold(head)).isEqualTo(0.2);
    assertThat(tuned.threshold(Optional.empty())).isEqualTo(0.5);
  }

  private static Snapshot snapshotWithThreshold(double threshold) {
    return new Snapshot(
        "parts",
        1,
        0,
        "backbone",
        false,
        List.of("good", "scratched"),
        threshold,
        8,
        Optional.empty(),
        Optional.empty(),
        Instant.EPOCH,
        "training",
        DenseHead.initial(4, 1));
  }
}
