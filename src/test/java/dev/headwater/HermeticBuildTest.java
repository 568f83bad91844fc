package dev.headwater;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Tests depend on nothing that whoever runs them has in a home or in a shell, and leave nothing.
 */
class HermeticBuildTest {
  private static final Pattern READ =
      Pattern.compile("(?:\\$\\{env:|getenv\\(\"|VARIABLE = \")([A-Z_]+)");

  /** Decides how a terminal is written to; a test's output is none. */
  private static final String TERMINAL = "TERM";

  @Test
  void shouldHaveAHomeAndATemporaryFolderOfItsOwn() {
    assumeTrue(System.getProperty("surefire.real.class.path") != null, "is about Maven's settings");
    Path target = Path.of("target").toAbsolutePath();
    assertThat(Path.of(System.getProperty("user.home"))).startsWith(target);
    assertThat(Path.of(System.getenv("HOME"))).startsWith(target);
    assertThat(Path.of(System.getProperty("java.io.tmpdir"))).startsWith(target);
  }

  @Test
  void shouldHideEachVariableThatCommandsReadFromTests() throws IOException {
    var read = new TreeSet<String>();
    for (Path source : sources()) {
      READ.matcher(Files.readString(source)).results().forEach(found -> read.add(found.group(1)));
    }
    read.remove(TERMINAL);
    assertThat(read).contains("HEADWATER_DATA", "HEADWATER_HTTP_TOKEN", "KAFKA_BOOTSTRAP_SERVERS");
    String build = Files.readString(Path.of("pom.xml"));
    assertThat(read)
        .as("read by commands, and excluded from the environment of tests in pom.xml")
        .allMatch(name -> build.contains("<variable>" + name + "</variable>"));
  }

  private static List<Path> sources() throws IOException {
    var found = new ArrayList<Path>();
    for (String root : List.of("src/main/java", "src/bench/java")) {
      try (var files = Files.walk(Path.of(root))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
      }
    }
    return found;
  }
}
