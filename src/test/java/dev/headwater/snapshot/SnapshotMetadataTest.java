package dev.headwater.snapshot;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of good tensors is refused where what it says of itself is missing or wrong. */
class SnapshotMetadataTest {
  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(byte[] file) {
    return assertThatThrownBy(() -> SnapshotFile.read(file)).isInstanceOf(SnapshotException.class);
  }

  @Test
  void shouldSayWhichFormatItReads() throws Exception {
    assertRefused(CraftedFile.withMetadata("format_version", "2"))
        .hasMessage("unknown snapshot format 2: this build reads 1");
    assertRefused(CraftedFile.withMetadata("format", "pt"))
        .hasMessage("metadata 'format' is 'pt', expected 'headwater-head'");
    assertRefused(CraftedFile.withHeader(header -> header.remove("__metadata__")))
        .hasMessageContaining("metadata 'format' is 'null'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model",
        "version",
        "parent",
        "backbone",
        "backbone_quality",
        "classes",
        "threshold",
        "examples",
        "created_at",
        "created_by"
      })
  void shouldRefuseAFileWithoutAFieldThatAReaderReliesOn(String name) throws Exception {
    assertRefused(CraftedFile.withoutMetadata(name))
        .hasMessage("no metadata '%s' in the file", name);
  }

  @ParameterizedTest
  @CsvSource({
    "version, one",
    "version, 0",
    "version, -3",
    "version, 99999999999999999999",
    "parent, ''",
    "examples, 1.5",
    "threshold, half",
    "threshold, NaN",
    "threshold, 1",
    "accuracy, good",
    "classes, giraffe",
    "classes, null",
    "'classes', '[\"a\",null]'",
    "'classes', '[\"a\"]'",
    "created_at, today",
    "created_at, 2026-01-31"
  })
  void shouldRefuseAFieldThatIsNotWhatItShouldBe(String name, String value) throws Exception {
    assertRefused(CraftedFile.withMetadata(name, value));
  }

  @Test
  void shouldRefuseMetadataThatIsNotText() throws Exception {
    assertRefused(
            CraftedFile.withHeader(h -> ((ObjectNode) h.get("__metadata__")).put("version", 7)))
        .hasMessage("metadata 'version' is not a string, as safetensors demands");
  }
}
