package dev.headwater.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExpiringStoreTest {
  private static final Duration RETENTION = Duration.ofMillis(100);

  private final KeyValueStore<Bytes, byte[]> store =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore("s"), Serdes.Bytes(), Serdes.ByteArray())
          .withLoggingDisabled()
          .build();
  private final ExpiringStore values = new ExpiringStore(store, RETENTION);

  @BeforeEach
  void open() {
    var context = new MockProcessorContext<Void, Void>();
    store.init(context.getStateStoreContext(), store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void put(String name, long now) {
    values.put(name, name.getBytes(UTF_8), now);
  }

  private List<String> expire(long now, int most) {
    var expired = new ArrayList<String>();
    values.expire(
        now,
        most,
        (name, value) -> {
          assertThat(value).asString(UTF_8).startsWith(name);
          expired.add(name);
        });
    return expired;
  }

  private long entries() {
    try (var all = store.all()) {
      long count = 0;
      for (; all.hasNext(); all.next()) {
        count++;
      }
      return count;
    }
  }

  @Test
  void shouldFindAValueUntilItExpiresWhetherOrNotItWasRemoved() {
    put("a", 1_000);
    assertThat(values.find("a", 1_099)).isPresent();
    assertThat(values.find("a", 1_100)).isEmpty();
    assertThat(values.find("b", 1_000)).isEmpty();
  }

  @Test
  void shouldExpireOldestFirstAndLeaveNothingBehind() {
    put("b", 1_001);
    put("a", 1_002);
    put("c", 1_050);
    assertThat(expire(1_100, 10)).isEmpty();
    assertThat(expire(1_102, 10)).containsExactly("b", "a");
    assertThat(expire(1_150, 10)).containsExactly("c");
    assertThat(entries()).isZero();
  }

  @Test
  void shouldLeaveTheRestForTheNextCallEvenWithinOneInstant() {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      put(name, 1_000);
    }
    assertThat(expire(2_000, 2)).containsExactly("a", "b");
    assertThat(expire(2_000, 2)).containsExactly("c", "d");
    assertThat(expire(2_000, 2)).containsExactly("e");
    assertThat(expire(2_000, 2)).isEmpty();
  }

  @Test
  void shouldGoOnWithTheTimeOfAValueThatIsReplaced() {
    put("a", 1_000);
    values.replace("a", "a2".getBytes(UTF_8));
    assertThat(values.find("a", 1_099)).get().isEqualTo("a2".getBytes(UTF_8));
    assertThat(expire(1_100, 10)).containsExactly("a");
    assertThatThrownBy(() -> values.replace("a", new byte[0]))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldBeginAnewWithAValueThatIsPutAgain() {
    put("a", 1_000);
    put("a", 1_050);
    assertThat(expire(1_100, 10)).isEmpty();
    assertThat(expire(1_150, 10)).containsExactly("a");
    assertThat(entries()).isZero();
  }

  @Test
  void shouldRemoveAValueWithoutATrace() {
    put("a", 1_000);
    values.remove("a");
    values.remove("b");
    assertThat(entries()).isZero();
    assertThat(expire(5_000, 10)).isEmpty();
  }

  @Test
  void shouldStandAClockThatGoesBack() {
    put("late", 10_000);
    assertThat(expire(10_100, 10)).containsExactly("late");
    new ExpiringStore(store, RETENTION).put("early", "early".getBytes(UTF_8), 500);
    assertThat(values.find("early", 510)).isPresent();
    assertThat(expire(550, 10)).isEmpty();
    assertThat(expire(10_300, 10)).containsExactly("early");
  }

  @Test
  void shouldWriteTheEntriesThatOtherBuildsRead() {
    values.put("a", new byte[] {7}, 258);
    var hex = HexFormat.of();
    var found = new TreeMap<String, String>();
    try (var all = store.all()) {
      all.forEachRemaining(e -> found.put(hex.formatHex(e.key.get()), hex.formatHex(e.value)));
    }
    assertThat(found)
        .containsExactly(
            Map.entry("74000000000000010261", "00"), Map.entry("7661", "000000000000010207"));
  }
}
