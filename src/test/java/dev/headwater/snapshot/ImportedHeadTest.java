package dev.headwater.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be imported: a head of ours, or one that says which backbone it is for. */
class ImportedHeadTest {
  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(byte[] file) {
    return assertThatThrownBy(() -> SnapshotFile.readImport(file))
        .isInstanceOf(SnapshotException.class);
  }

  @Test
  void shouldReadASnapshotOfOurs() throws Exception {
    assertThat(SnapshotFile.readImport(GoldenSnapshot.bytes()))
        .isEqualTo(
            new ImportedHead(
                "ab".repeat(32),
                Optional.of(List.of("elephant", "giraffe \"ü\"")),
                Optional.of(0.25),
                448,
                Optional.of(0.9375),
                Optional.empty(),
                GoldenSnapshot.head()));
  }

  @Test
  void shouldReadAHeadThatTellsItsBackboneOnly() throws Exception {
    byte[] file =
        CraftedFile.withHeader(
            header -> header.putObject("__metadata__").put("backbone", "cd".repeat(32)));
    assertThat(SnapshotFile.readImport(file))
        .isEqualTo(
            new ImportedHead(
                "cd".repeat(32),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                GoldenSnapshot.head()));
  }

  @Test
  void shouldRefuseAHeadThatDoesNotTellItsBackbone() throws Exception {
    assertRefused(CraftedFile.withoutMetadata("backbone"))
        .hasMessageStartingWith("no metadata 'backbone' in the file, expected the fingerprint");
    assertRefused(CraftedFile.withHeader(header -> header.remove("__metadata__")))
        .hasMessageStartingWith("no metadata 'backbone' in the file");
  }

  @Test
  void shouldRefuseAnotherFormatByName() throws Exception {
    assertRefused(CraftedFile.withMetadata("format", "pt"))
        .hasMessage("metadata 'format' is 'pt', expected 'headwater-head'");
    assertRefused(CraftedFile.withMetadata("format_version", "2"))
        .hasMessage("unknown snapshot format 2: this build reads 1");
    assertRefused(CraftedFile.withoutMetadata("format_version"));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void shouldRefuseAWeightThatIsNotFinite(float value) throws Exception {
    assertRefused(CraftedFile.withValue(3, value))
        .hasMessage("dense/kernel[3] is %s, expected a finite number", value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          accuracy        | 1.5        | metadata 'accuracy' is 1.5, expected 0 to 1
          accuracy        | -0.1       | metadata 'accuracy' is -0.1, expected 0 to 1
          accuracy        | NaN        | metadata 'accuracy' is NaN, expected 0 to 1
          window_accuracy | Infinity   | metadata 'window_accuracy' is Infinity, expected 0 to 1
          window_accuracy | good       | metadata 'window_accuracy' is 'good', expected a number
          threshold       | high       | metadata 'threshold' is 'high', expected a number
          examples        | 1e3        | metadata 'examples' is '1e3', expected a whole number
          classes         | elephant   | metadata 'classes' is 'elephant', expected a JSON array of strings
          classes         | ["a",null] | metadata 'classes' is '["a",null]', expected a JSON array of strings
          classes         | null       | metadata 'classes' is 'null', expected a JSON array of strings
          """)
  void shouldRefuseMetadataOfAnotherForm(String name, String value, String message)
      throws Exception {
    assertRefused(CraftedFile.withMetadata(name, value)).hasMessage(message);
  }

  /** What these say goes into the new version's own file. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          examples  | -1
          threshold | 0
          threshold | 1
          threshold | 1.5
          threshold | -0.5
          threshold | NaN
          classes   | ["a"]
          classes   | ["a","b","c"]
          classes   | []
          """)
  void shouldRefuseMetadataThatNoSnapshotCanHave(String name, String value) throws Exception {
    assertRefused(CraftedFile.withMetadata(name, value)).hasMessageContaining(name);
  }

  @Test
  void shouldRefuseATensorOfAnotherShape() throws Exception {
    byte[] file =
        CraftedFile.withHeader(
            header -> ((ObjectNode) header.get("dense_1/kernel")).putArray("shape").add(128));
    assertRefused(file).hasMessage("tensor 'dense_1/kernel' has shape [128], expected [128, 1]");
    assertRefused(CraftedFile.withHeader(header -> header.remove("dense_1/bias")));
  }

  @Test
  void shouldRefuseAHeaderOfTwoGigabytesWithoutReservingIt() throws Exception {
    for (long length : new long[] {(1L << 31) - 1, 1L << 31, -1}) {
      assertRefused(CraftedFile.withHeaderLength(length))
          .hasMessageStartingWith("safetensors header of " + Long.toUnsignedString(length));
    }
  }

  @Test
  void shouldRefuseOtherFilesByTheirName() {
    byte[] pickle = HexFormat.of().parseHex("80049527000000000000008c05706f736978948c0673797374");
    assertRefused(pickle).hasMessageStartingWith("this is a pickled file");
    assertRefused(Arrays.copyOf(HexFormat.of().parseHex("894844460d0a1a0a"), 4_000))
        .hasMessageStartingWith("this is an HDF5 file");
    assertRefused(new byte[0]).hasMessageStartingWith("0 bytes, expected a safetensors file");
  }

  @Test
  void shouldRefuseATruncatedFile() throws Exception {
    byte[] golden = GoldenSnapshot.bytes();
    for (int length = 0; length < golden.length; length += 41) {
      assertRefused(Arrays.copyOf(golden, length));
    }
  }
}
