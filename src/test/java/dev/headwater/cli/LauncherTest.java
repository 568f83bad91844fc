package dev.headwater.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherTest {
  private static final Path LAUNCHER = Path.of("headwater");
  private static final String END = "-XX:+ExitOnOutOfMemoryError";

  @TempDir Path home;

  @Test
  void shouldBeExecutable() {
    assertThat(LAUNCHER).isExecutable();
  }

  /** The configuration refuses unknown names below {@code headwater.}, on a terminal too. */
  @Test
  void shouldPassNoPropertyThatTheConfigurationDoesNotKnow() throws IOException {
    assertThat(Files.readString(LAUNCHER)).doesNotContain("-Dheadwater.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "demo"})
  void shouldEndWhenTheHeapIsFull(String command) throws Exception {
    assertThat(arguments(command)).contains(END).containsSubsequence(END, command);
  }

  @Test
  void shouldEndAServiceWhoseHeapIsFullWhateverItsOptionsAre() throws IOException {
    var unit = Files.readString(Path.of("deploy/headwater.service"));
    assertThat(unit).containsSubsequence("ExecStart=/usr/bin/java", END, "$HEADWATER_JAVA_OPTS");
  }

  /** Returns what the launcher would start Java with, from a directory that is built already. */
  private List<String> arguments(String command) throws Exception {
    var launcher = Files.copy(LAUNCHER, home.resolve("headwater"));
    Files.createDirectories(home.resolve("target/quarkus-app"));
    Files.createFile(home.resolve("target/quarkus-app/quarkus-run.jar"));
    var java = Files.createDirectories(home.resolve("jdk/bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        [ "$1" != -version ] || { echo 'openjdk version "17.0.15"' >&2; exit; }
        printf '%s\\n' "$@"
        """);
    assertThat(java.toFile().setExecutable(true)).isTrue();
    var builder = new ProcessBuilder("sh", launcher.toString(), command);
    builder.environment().keySet().removeIf(name -> name.startsWith("HEADWATER_"));
    builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    var process = builder.redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return said.lines().toList();
  }
}
