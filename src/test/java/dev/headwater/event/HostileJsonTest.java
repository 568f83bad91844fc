package dev.headwater.event;

import static dev.headwater.event.ErrorCode.EVENT_MALFORMED;
import static dev.headwater.event.TestRecords.assertJsonRefused;
import static dev.headwater.event.TestRecords.readJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON that is meant to hurt costs about what its bytes cost, and is refused. */
class HostileJsonTest {
  private static final int MEBI = 1 << 20;

  @Test
  void shouldRefuseDeepNesting() {
    assertJsonRefused(EVENT_MALFORMED, "{\"a\":".repeat(100_000));
    assertJsonRefused(EVENT_MALFORMED, "{\"image\":\"AAAA\",\"a\":" + "[".repeat(100_000));
    assertJsonRefused(
        EVENT_MALFORMED,
        "{\"image\":\"AAAA\",\"a\":%s%s}".formatted("[".repeat(16), "]".repeat(16)));
  }

  @Test
  void shouldRefuseAnEventThatSaysAFieldTwice() {
    assertJsonRefused(EVENT_MALFORMED, "{\"image\": \"AAAA\", \"label\": 1, \"label\": 0}");
  }

  @Test
  void shouldRefuseNumbersAndNamesOfExcessiveLength() {
    assertJsonRefused(
        EVENT_MALFORMED, "{\"image\":\"AAAA\",\"label\":%s}".formatted("9".repeat(100_000)));
    assertJsonRefused(
        EVENT_MALFORMED, "{\"%s\":1,\"image\":\"AAAA\"}".formatted("n".repeat(100_000)));
    assertJsonRefused(EVENT_MALFORMED, "{\"image\":\"AAAA\",\"label\":1e999999999}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{},", "[],", "\"\",", "[{}],", "1234567,", "{\"a\":0},"})
  void shouldNotBuildATreeOfMillionsOfNodes(String element) {
    String elements = element.repeat(8 * MEBI / element.length());
    String json = "{\"image\":\"AAAA\",\"x\":[%s0]}".formatted(elements);
    long before = allocated();
    assertJsonRefused(EVENT_MALFORMED, json);
    assertThat(allocated() - before).as("bytes allocated").isLessThan(64L * MEBI);
  }

  @Test
  void shouldReadAnImageOfTheLargestSize() throws Exception {
    String image = "A".repeat(4 * (16 * MEBI / 3));
    assertThat(readJson("{\"image\":\"%s\"}".formatted(image)).image()).hasSize(16 * MEBI / 3 * 3);
  }

  private static long allocated() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
