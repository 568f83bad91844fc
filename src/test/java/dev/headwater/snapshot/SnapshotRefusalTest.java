package dev.headwater.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each file that is not a snapshot is refused with a sentence, and with no other exception. */
class SnapshotRefusalTest {
  private static final int DATA_BYTES = 4 * (GoldenSnapshot.INPUTS * 128 + 128 + 128 + 1);

  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(byte[] file) {
    return assertThatThrownBy(() -> SnapshotFile.read(file)).isInstanceOf(SnapshotException.class);
  }

  @Test
  void shouldRefuseAFileThatEndsEarlyAnywhere() throws Exception {
    byte[] golden = GoldenSnapshot.bytes();
    for (int length = 0; length < golden.length; length += 7) {
      assertRefused(Arrays.copyOf(golden, length));
    }
    assertRefused(Arrays.copyOf(golden, golden.length - 1));
    assertRefused(Arrays.copyOf(golden, 4))
        .hasMessage("4 bytes, expected a safetensors file, which has at least 8");
  }

  @Test
  void shouldRefuseAFileWithMoreThanItsTensors() throws Exception {
    byte[] golden = GoldenSnapshot.bytes();
    assertRefused(Arrays.copyOf(golden, golden.length + 4))
        .hasMessageContaining("the file has %d of them", DATA_BYTES + 4);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 1L << 31, (1L << 31) - 1, 1L << 32, -1, Long.MIN_VALUE, 1 << 20})
  void shouldRefuseAHeaderOfAnImpossibleLengthWithoutReservingIt(long length) throws Exception {
    assertRefused(CraftedFile.withHeaderLength(length))
        .hasMessage(
            "safetensors header of %s bytes in a file of %d, expected 2 to 1048576",
            Long.toUnsignedString(length), GoldenSnapshot.bytes().length);
  }

  @Test
  void shouldRefuseAHeaderThatIsNoJsonObject() throws Exception {
    byte[] data = CraftedFile.data(GoldenSnapshot.bytes());
    assertRefused(CraftedFile.withHeaderLength(64));
    for (String header : new String[] {"not json", "[]  ", "null", "    ", "{\"a\":"}) {
      assertRefused(CraftedFile.of(header, data));
    }
    String golden = new String(CraftedFile.header(GoldenSnapshot.bytes()), UTF_8).strip();
    assertRefused(CraftedFile.of(golden + "{}", data)).hasMessageContaining("not valid JSON");
    assertRefused(CraftedFile.of("[".repeat(100_000), data)).hasMessageContaining("not valid JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias"})
  void shouldRefuseAFileWithoutOneOfItsTensors(String name) throws Exception {
    assertRefused(CraftedFile.withHeader(header -> header.remove(name)));
    assertRefused(
            CraftedFile.withHeader(header -> header.set(name + "_renamed", header.remove(name))))
        .hasMessageStartingWith("no tensor '%s' in the file, which has [", name);
  }

  @ParameterizedTest
  @CsvSource({
    "dense/kernel, '[128,4]', '[inputs, 128]'",
    "dense/kernel, '[512]', '[inputs, 128]'",
    "dense/bias, '[128,1]', '[128]'",
    "dense_1/kernel, '[128]', '[128, 1]'",
    "dense_1/kernel, '[1,128]', '[128, 1]'",
    "dense_1/bias, '[]', '[1]'"
  })
  void shouldRefuseATensorOfAnotherShape(String name, String shape, String expected)
      throws Exception {
    assertRefused(reshaped(name, shape))
        .hasMessage("tensor '%s' has shape %s, expected %s", name, spaced(shape), expected);
  }

  private static String spaced(String shape) {
    return shape.replace(",", ", ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[0,128]",
        "[-4,128]",
        "[5,128]",
        "[4611686018427387904,4]",
        "[1099511627776,1099511627776]",
        "[9223372036854775807]",
        "[1,1,1,1,1,1,1,4,128]",
        "[\"4\",128]",
        "[4.5,128]",
        "\"4,128\"",
        "{}"
      })
  void shouldRefuseAShapeThatTheFileCannotHold(String shape) throws Exception {
    assertRefused(reshaped("dense/kernel", shape)).hasMessageContaining("tensor 'dense/kernel'");
  }

  private static byte[] reshaped(String name, String shape) throws IOException {
    var node = new com.fasterxml.jackson.databind.ObjectMapper().readTree(shape);
    return CraftedFile.withHeader(header -> ((ObjectNode) header.get(name)).set("shape", node));
  }

  @ParameterizedTest
  @ValueSource(strings = {"F64", "F16", "BF16", "I32", ""})
  void shouldRefuseATensorOfAnotherType(String type) throws Exception {
    byte[] file =
        CraftedFile.withHeader(h -> ((ObjectNode) h.get("dense/bias")).put("dtype", type));
    assertRefused(file).hasMessage("tensor 'dense/bias' is of type %s, expected F32", type);
  }

  @ParameterizedTest
  @CsvSource({
    "-4, 508",
    "0, 516",
    "508, 0",
    "3076, 3588",
    "9223372036854775807, 9223372036854776319",
    "-9223372036854775808, -9223372036854775296",
    "'0', '512'"
  })
  void shouldRefuseATensorThatLiesOutOfTheFileOrIsOfAnotherLength(String begin, String end)
      throws Exception {
    assertRefused(
        moved("dense/bias", new java.math.BigInteger(begin), new java.math.BigInteger(end)));
  }

  @Test
  void shouldRefuseTensorsThatOverlapOrLeaveAGap() throws Exception {
    long kernel = 4L * GoldenSnapshot.INPUTS * 128;
    byte[] file =
        moved(
            "dense_1/kernel",
            java.math.BigInteger.valueOf(kernel),
            java.math.BigInteger.valueOf(kernel + 512));
    assertRefused(file).hasMessageContaining("overlap");
  }

  private static byte[] moved(String name, java.math.BigInteger begin, java.math.BigInteger end)
      throws IOException {
    return CraftedFile.withHeader(
        header -> ((ObjectNode) header.get(name)).putArray("data_offsets").add(begin).add(end));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void shouldRefuseAValueThatIsNotFinite(float value) throws Exception {
    assertRefused(CraftedFile.withValue(3, value))
        .hasMessage("dense/kernel[3] is %s, expected a finite number", value);
    assertRefused(CraftedFile.withValue(DATA_BYTES / 4 - 1, value))
        .hasMessage("dense_1/bias[0] is %s, expected a finite number", value);
  }

  @Test
  void shouldRefuseJavasOwnSerialisationPicklesAndOtherFiles() throws Exception {
    byte[] java = HexFormat.of().parseHex("aced0005737200116a6176612e7574696c2e486173684d6170");
    byte[] pickle = HexFormat.of().parseHex("80049527000000000000008c05706f736978948c0673797374");
    byte[] zip = Arrays.copyOf("PK\u0003\u0004".getBytes(UTF_8), 4_000);
    byte[] hdf5 = Arrays.copyOf(HexFormat.of().parseHex("894844460d0a1a0a"), 4_000);
    assertRefused(java).hasMessageStartingWith("safetensors header of ");
    assertRefused(pickle).hasMessageStartingWith("this is a pickled file, which can run any code");
    assertRefused(zip).hasMessageStartingWith("this is a ZIP archive (Keras' .keras, ");
    assertRefused(hdf5).hasMessageStartingWith("this is an HDF5 file (Keras' .h5)");
  }

  @Test
  void shouldNeverFailOtherwiseOnBytesThatChangedOnTheWay() throws Exception {
    byte[] golden = GoldenSnapshot.bytes();
    var random = new SplittableRandom(11);
    int header = 8 + CraftedFile.header(golden).length;
    int refused = 0;
    for (int n = 0; n < 5_000; n++) {
      byte[] file = golden.clone();
      for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
        file[random.nextInt(header)] = (byte) random.nextInt(256);
      }
      refused += isRefused(file) ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(2_500);
  }

  private static boolean isRefused(byte[] file) {
    try {
      var written = new ByteArrayOutputStream();
      written.writeBytes(SnapshotFile.write(SnapshotFile.read(file)));
      return written.size() == 0;
    } catch (SnapshotException e) {
      return true;
    }
  }
}
