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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds what the documents say of the contracts to the contracts. */
class DocumentsTest {
  private static final Path CONTRACTS = Path.of("docs/contracts.md");
  private static final Pattern EXAMPLE =
      Pattern.compile("<!-- schema: (\\S+) -->\n```json\n(.*?)\n```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

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

  private static List<Path> documents() throws IOException {
    try (var docs = Files.walk(Path.of("docs"));
        var top = Files.list(Path.of(""))) {
      return Stream.concat(docs, top)
          .filter(file -> file.toString().endsWith(".md"))
          .map(Path::toAbsolutePath)
          .toList();
    }
  }
}
