package dev.headwater.event;

import static dev.headwater.event.TestRecords.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class FieldsTest {
  @Test
  void shouldTakeAHeaderWithoutAValueForNone() {
    var headers = new RecordHeaders();
    headers.add("ce_id", null);
    assertThat(Fields.header(headers, "ce_id")).isEmpty();
    assertThat(Fields.header(headers, "ce_model")).isEmpty();
  }

  @Test
  void shouldPreferTheIdThenTheKeyThenThePosition() throws Exception {
    assertThat(Fields.id(Optional.of("id"), source("key", Map.of()))).isEqualTo("id");
    assertThat(Fields.id(Optional.empty(), source("key", Map.of()))).isEqualTo("key");
    assertThat(Fields.id(Optional.empty(), source(null, Map.of()))).isEqualTo(TestRecords.POSITION);
  }

  @Test
  void shouldSayThatItWasTheKeyThatDidNotServeAsId() {
    assertThatThrownBy(() -> Fields.id(Optional.empty(), source("a\tb", Map.of())))
        .hasMessage("record key is 'a?b' (3 characters), expected 1 to 256 printable characters");
  }

  @Test
  void shouldTakeAModelNameOfAHundredCharacters() throws Exception {
    String name = "A.b_c-0".repeat(14) + "xy";
    assertThat(Fields.model(Optional.of(name))).isEqualTo(name).hasSize(100);
    assertThat(Fields.model(Optional.empty())).isEqualTo("default");
    assertThatThrownBy(() -> Fields.model(Optional.of(name + "z")))
        .hasMessageContaining("expected at most 100 letters, digits");
  }

  @Test
  void shouldLeaveAMissingLabelMissing() throws Exception {
    assertThat(Fields.label(Optional.empty())).isEmpty();
    assertThat(Fields.label(Optional.of("cat"))).contains("cat");
  }

  @Test
  void shouldShortenWhatItQuotes() {
    assertThat(Fields.shorten("x".repeat(40))).isEqualTo("x".repeat(40));
    assertThat(Fields.shorten("x".repeat(41))).isEqualTo("x".repeat(40) + "…");
    assertThat(Fields.shorten("a\r\nb\u007f")).isEqualTo("a??b?");
  }
}
