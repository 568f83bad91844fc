package dev.headwater.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {
  private record Plain(Instant time, Optional<String> missing, double number) {}

  @Test
  void shouldWriteTimesAsTextAndWhatIsMissingAsNull() {
    var plain = new Plain(Instant.EPOCH, Optional.empty(), 0.5);

    assertThat(Json.text(plain))
        .isEqualTo("{\"time\":\"1970-01-01T00:00:00Z\",\"missing\":null,\"number\":0.5}");
    assertThat(Json.bytes(plain)).asString(UTF_8).isEqualTo(Json.text(plain));
  }
}
