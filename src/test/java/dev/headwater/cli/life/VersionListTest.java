package dev.headwater.cli.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.event.ModelVersion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VersionListTest {
  private final VersionList versions = new VersionList("cats", List.of(version(7), version(5)));

  private static ModelVersion version(long number) {
    return new ModelVersion(
        number,
        0,
        Instant.EPOCH,
        "the learner",
        16,
        Optional.empty(),
        Optional.empty(),
        "sha256:abc",
        List.of("no", "yes"),
        0.5,
        false);
  }

  @Test
  void shouldFindAVersion() {
    assertThat(versions.require(5)).isEqualTo(version(5));
  }

  @Test
  void shouldSayWhichThereAreInstead() {
    assertThatThrownBy(() -> versions.require(6))
        .isInstanceOf(CommandFailedException.class)
        .hasMessage("version 6 of model cats is not kept, expected one of [7, 5]");
  }
}
