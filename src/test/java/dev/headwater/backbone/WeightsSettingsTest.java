package dev.headwater.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsSettingsTest {
  @Test
  void shouldKeepWeightsInTheUsersCacheByDefault() {
    var settings = WeightsSettings.of(Map.of());

    assertThat(settings.cache())
        .isEqualTo(Path.of(System.getProperty("user.home"), ".cache", "headwater"));
    assertThat(settings.file()).isEmpty();
    assertThat(settings.connectLimit()).hasSeconds(5);
    assertThat(settings.url()).hasScheme("https").hasHost("storage.googleapis.com");
  }

  @Test
  void shouldFollowXdgCacheHome() {
    Path home = Path.of("cache").toAbsolutePath();
    assertThat(WeightsSettings.of(Map.of("XDG_CACHE_HOME", home.toString())).cache())
        .isEqualTo(home.resolve("headwater"));
  }

  @Test
  void shouldTakeFileFromTheEnvironment() {
    assertThat(WeightsSettings.of(Map.of("HEADWATER_WEIGHTS", "my.h5")).file())
        .contains(Path.of("my.h5"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "", " "})
  void shouldResolveByItselfOnAuto(String value) {
    assertThat(WeightsSettings.of(Map.of("HEADWATER_WEIGHTS", value)).file()).isEmpty();
  }
}
