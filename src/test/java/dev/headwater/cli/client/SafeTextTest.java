package dev.headwater.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.event.Json;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SafeTextTest {
  private static final String HOSTILE = "a\u001b[2Jb\rc\u009bd\u202ee\u2028f\ud83d\ude00g";

  @Test
  void shouldLeaveNothingThatMovesACursor() {
    assertThat(SafeText.printable(HOSTILE)).isEqualTo("a?[2Jb?c?d?e?f\ud83d\ude00g");
    assertThat(SafeText.printable("tag \udb40\udc41, alone \ud800")).isEqualTo("tag ?, alone ?");
  }

  @Test
  void shouldEscapeItInJsonWithoutChangingWhatItMeans() throws IOException {
    var json = SafeText.printableJson(Json.MAPPER.writeValueAsString(HOSTILE + "\udb40\udc41"));

    assertThat(json).isEqualTo(SafeText.printable(json)).contains("\\u009b", "\\u202e", "\\udb40");
    assertThat(Json.MAPPER.readValue(json, String.class)).isEqualTo(HOSTILE + "\udb40\udc41");
  }

  @Test
  void shouldShortenBetweenCharacters() {
    assertThat(SafeText.decoded("äöü".getBytes(UTF_8), 3)).isEqualTo("äöü");
    assertThat(SafeText.decoded("äöüß".getBytes(UTF_8), 3)).isEqualTo("äöü…");
    assertThat(SafeText.decoded("ab\ud83d\ude00c".getBytes(UTF_8), 3)).isEqualTo("ab…");
    assertThat(SafeText.decoded(new byte[] {'a', (byte) 0xff}, 3)).isEqualTo("a\ufffd");
    assertThat(SafeText.decoded("x".repeat(10_000_000).getBytes(UTF_8), 10)).hasSize(11);
  }
}
