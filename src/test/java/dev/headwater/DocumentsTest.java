package dev.headwater;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.event.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds what the documents say of the contracts to the contracts. */
class DocumentsTest {
  private static final Path CONTRACTS = Path.of("docs/contracts.md");
  private static final Pattern EXAMPLE =
      Pattern.compile("<!-- schema: (\\S+) -->\n```json\n(.*?)\n```", Pattern.DOTALL);
  private static final Path SOURCES = Path.of("src/main/java/dev/headwater");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
  private static final Pattern ANCHOR = Pattern.compile("\\]\\(([^)#:]*)#([^)]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  /** A class as documents name it: its package below the root, and its name. */
  private static final Pattern CLASS =
      Pattern.compile("`(?:dev\\.headwater\\.)?((?:[a-z]+\\.)+[A-Z]\\w*)`");

  @Test
  void shouldListEachErrorCodeWithItsMeaningAndRemedy() throws IOException {
    String expected =
        Arrays.stream(ErrorCode.values())
            .map(code -> "| `%s` | %s | %s |\n".formatted(code, code.meaning(), code.remedy()))
            .collect(joining());
    assertThat(Files.readString(CONTRACTS)).contains("|---|---|---|\n" + expected);
  }

  @Test
  void shouldShowRecordsThatAreAsTheirSchemasSay() throws IOException {
    var examples = EXAMPLE.matcher(Files.readString(CONTRACTS)).results().toList();
    assertThat(examples).hasSizeGreaterThanOrEqualTo(3);
    for (MatchResult example : examples) {
      Schemas.assertValid(example.group(1), example.group(2));
    }
  }

  @Test
  void shouldLinkToFilesThatAreThere() throws IOException {
    var broken = new ArrayList<String>();
    for (Path document : documents()) {
      LINK.matcher(Files.readString(document))
          .results()
          .map(link -> link.group(1))
          .filter(target -> !Files.exists(document.resolveSibling(target)))
          .forEach(target -> broken.add(document + " -> " + target));
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void shouldLinkToHeadingsThatAreThere() throws IOException {
    var broken = new ArrayList<String>();
    for (Path document : documents()) {
      for (MatchResult link : ANCHOR.matcher(Files.readString(document)).results().toList()) {
        var target = link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1));
        if (!anchors(target).contains(link.group(2))) {
          broken.add(document + " -> " + link.group(1) + "#" + link.group(2));
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  /** As GitHub makes them of headings: small letters, hyphens for blanks, no other signs. */
  private static List<String> anchors(Path document) throws IOException {
    return HEADING
        .matcher(Files.readString(document))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  @Test
  void shouldNameClassesThatAreThere() throws IOException {
    var named = new ArrayList<String>();
    for (Path document : documents()) {
      CLASS.matcher(Files.readString(document)).results().map(m -> m.group(1)).forEach(named::add);
    }
    assertThat(named).hasSizeGreaterThan(30);
    assertThat(named)
        .allSatisfy(name -> assertThat(SOURCES.resolve(name.replace('.', '/') + ".java")).exists());
  }

  private static List<Path> documents() throws IOException {
    try (var docs = Files.walk(Path.of("docs"));
        var deploy = Files.walk(Path.of("deploy"));
        var top = Files.list(Path.of(""))) {
      return Stream.of(docs, deploy, top)
          .flatMap(Function.identity())
          .filter(file -> file.toString().endsWith(".md"))
          .map(Path::toAbsolutePath)
          .toList();
    }
  }
}
