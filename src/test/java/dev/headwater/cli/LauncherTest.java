package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LauncherTest {
  private static final Path LAUNCHER = Path.of("headwater");

  @Test
  void shouldBeExecutable() {
    assertThat(LAUNCHER).isExecutable();
  }

  /** The configuration refuses unknown names below {@code headwater.}, on a terminal too. */
  @Test
  void shouldPassNoPropertyThatTheConfigurationDoesNotKnow() throws IOException {
    assertThat(Files.readString(LAUNCHER)).doesNotContain("-Dheadwater.");
  }
}
