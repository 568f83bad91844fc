package dev.headwater.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTokenTest {
  private static final String TEXT = "0123456789abcdef";

  @Test
  void shouldMatchItselfAndNothingElse() {
    var token = ApiToken.of(TEXT, "here");
    assertThat(token.matches(TEXT)).isTrue();
    assertThat(token.matches(TEXT + "0")).isFalse();
    assertThat(token.matches(TEXT.substring(1))).isFalse();
    assertThat(token.matches("")).isFalse();
  }

  @Test
  void shouldRefuseAShortOneWithoutRepeatingIt() {
    assertThatThrownBy(() -> ApiToken.of("0123456789abcde", "headwater.http.token"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("headwater.http.token has 15 characters, expected at least 16")
        .hasMessageNotContaining("0123");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0123456789 abcdef", "0123456789abcdef\n0", "0123456789äbcdef"})
  void shouldRefuseOneThatCannotBeSentWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> ApiToken.of(text, "here"))
        .hasMessageStartingWith("here has characters that HTTP does not let a token have")
        .hasMessageNotContaining("0123");
  }

  @Test
  void shouldPrintNothingOfItself() {
    assertThat(ApiToken.of(TEXT, "here")).hasToString("ApiToken[hidden]");
  }

  @Test
  void shouldDrawTokensThatAreAllowedAndDiffer() {
    assertThat(ApiToken.draw()).hasSize(43).isNotEqualTo(ApiToken.draw());
    assertThat(ApiToken.of(ApiToken.draw(), "drawn").matches(TEXT)).isFalse();
  }
}
