package dev.headwater.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class PendingLabelTest {
  private static PendingLabel label(byte[] key) {
    var headers = new RecordHeaders();
    headers.add("trace", "t1".getBytes(UTF_8));
    headers.add("none", null);
    return new PendingLabel(
        "cat", new Origin(key, "{}".getBytes(UTF_8), "labels", 3, 258), headers);
  }

  @Test
  void shouldReadWhatItWroteWithAndWithoutAKey() {
    for (var label : new PendingLabel[] {label(null), label(new byte[] {1, 2})}) {
      assertThat(PendingLabel.read(label.write())).usingRecursiveComparison().isEqualTo(label);
    }
  }

  @Test
  void shouldWriteTheBytesOfFormatOne() {
    assertThat(HexFormat.of().formatHex(label(new byte[] {1, 2}).write()))
        .isEqualTo(
            "0100000003636174000000020102000000027b7d000000066c6162656c730000000300"
                + "0000000000010200000002000000057472616365000000027431000000046e6f6e65ff"
                + "ffffff");
  }

  @Test
  void shouldRefuseAFormatThatItDoesNotKnow() {
    byte[] bytes = label(null).write();
    bytes[0] = 9;
    assertThatThrownBy(() -> PendingLabel.read(bytes))
        .hasMessageContaining("a pending label has format 9: this build reads 1");
  }
}
