package dev.headwater.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class OriginTest {
  private static final String HEADER = "headwater.moved-from";
  private static final byte[] VALUE = {7};

  private final RecordHeaders headers = new RecordHeaders();

  @Test
  void shouldTravelInAHeaderThatIsTakenOff() {
    for (byte[] key : new byte[][] {null, {}, "id-1".getBytes(UTF_8)}) {
      var origin = new Origin(key, VALUE, "images", 3, 258);
      origin.setHeader(headers);
      var taken = Origin.takeHeader(headers, VALUE);
      assertThat(taken.orElseThrow()).usingRecursiveComparison().isEqualTo(origin);
      assertThat(headers.toArray()).isEmpty();
    }
  }

  @Test
  void shouldReplaceAHeaderThatAProducerSent() {
    headers.add(HEADER, "junk".getBytes(UTF_8));
    new Origin(null, VALUE, "images", 3, 258).setHeader(headers);
    assertThat(headers.toArray()).hasSize(1);
    assertThat(Origin.takeHeader(headers, VALUE).orElseThrow().position())
        .isEqualTo("images-3-258");
  }

  @Test
  void shouldTakeNothingFromAHeaderThatItDidNotWrite() {
    assertThat(Origin.takeHeader(headers, VALUE)).as("no header").isEmpty();
    for (String forged : new String[] {"", "00", "ffffffff", "7fffffff61", "0000000161"}) {
      headers.add(HEADER, HexFormat.of().parseHex(forged));
      assertThat(Origin.takeHeader(headers, VALUE)).as(forged).isEmpty();
      assertThat(headers.toArray()).isEmpty();
    }
  }

  @Test
  void shouldWriteTheBytesThatOtherInstancesRead() {
    new Origin("id-1".getBytes(UTF_8), VALUE, "images", 3, 258).setHeader(headers);
    assertThat(HexFormat.of().formatHex(headers.lastHeader(HEADER).value()))
        .isEqualTo("00000006696d616765730000000300000000000001020000000469642d31");
  }
}
