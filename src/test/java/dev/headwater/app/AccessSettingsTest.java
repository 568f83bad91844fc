package dev.headwater.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.app.AccessSettings.Part;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccessSettingsTest {
  private record Given(
      Optional<String> token, Optional<List<String>> open, boolean openOnLoopback, String role)
      implements HeadwaterConfig.Http {
    @Override
    public Optional<String> advertised() {
      return Optional.empty();
    }
  }

  private static AccessSettings open(String... words) {
    return AccessSettings.of(
        new Given(Optional.empty(), Optional.of(List.of(words)), true, "headwater"));
  }

  @Test
  void shouldOpenNothingUnlessItIsSaid() {
    var settings =
        AccessSettings.of(new Given(Optional.empty(), Optional.empty(), true, "headwater"));
    assertThat(settings.open()).isEmpty();
  }

  @Test
  void shouldOpenWhatIsNamed() {
    assertThat(open("health", " metrics ").open())
        .containsExactlyInAnyOrder(Part.HEALTH, Part.METRICS);
  }

  @Test
  void shouldRefuseWordsItDoesNotKnow() {
    assertThatThrownBy(() -> open("health", "everything"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "headwater.http.open names 'everything', expected words out of health, metrics, reading");
    assertThatThrownBy(() -> open("Health")).hasMessageContaining("'Health'");
  }

  @Test
  void shouldRefuseAnEmptyRole() {
    assertThatThrownBy(
            () -> AccessSettings.of(new Given(Optional.empty(), Optional.empty(), true, " ")))
        .hasMessageStartingWith("headwater.http.role is empty");
  }
}
