package dev.headwater.learner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.learner.model.HeapStore;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class JournalTest {
  private final HeapStore store = new HeapStore();
  private final Journal journal = Journal.open("m", store);

  private static Journal.Entry entry(String text) {
    return new Journal.Entry(Instant.ofEpochMilli(text.hashCode()), text.getBytes(UTF_8));
  }

  private List<String> texts() {
    return Journal.open("m", store).entries().stream()
        .map(entry -> new String(entry.input(), UTF_8))
        .toList();
  }

  @Test
  void shouldGiveBackInputsAndTheirTimesInOrder() {
    journal.add(entry("one"));
    journal.add(entry(""));
    journal.add(entry("three"));
    var found = Journal.open("m", store).entries();
    assertThat(texts()).containsExactly("one", "", "three");
    assertThat(found.get(2).time()).isEqualTo(entry("three").time());
    assertThat(journal.length()).isEqualTo(3);
  }

  @Test
  void shouldForgetWhatACheckpointKnowsThoughItsRecordsLieThereStill() {
    journal.add(entry("one"));
    journal.add(entry("two"));
    journal.add(entry("three"));
    journal.clear();
    assertThat(Journal.isEmpty("m", store)).isTrue();
    assertThat(texts()).isEmpty();
    journal.add(entry("four"));
    assertThat(texts()).containsExactly("four");
    assertThat(Journal.isEmpty("m", store)).isFalse();
    assertThat(store.entries()).as("places are used again").hasSize(3 + 1);
  }

  @Test
  void shouldGoOnWhereAnotherLifeEnded() {
    journal.add(entry("one"));
    journal.clear();
    journal.add(entry("two"));
    var next = Journal.open("m", store);
    next.entries();
    next.add(entry("three"));
    assertThat(texts()).containsExactly("two", "three");
    next.clear();
    next.add(entry("four"));
    assertThat(texts()).containsExactly("four");
  }

  @Test
  void shouldFindItsPlacesWhateverTheMachinesDigits() {
    var before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      journal.add(entry("one"));
    } finally {
      Locale.setDefault(before);
    }
    assertThat(texts()).containsExactly("one");
  }

  /** A change here is a change of format: stores of users hold bytes like these. */
  @Test
  void shouldWriteEntriesAndItsMarkAsEver() {
    journal.add(entry("one"));
    journal.clear();
    journal.add(new Journal.Entry(Instant.ofEpochMilli(258), new byte[] {7, 8}));
    assertThat(store.entries()).containsOnlyKeys("m/0", "m/checkpoint");
    var hex = HexFormat.of();
    assertThat(hex.formatHex(store.get("m/checkpoint"))).isEqualTo("0000000000000001");
    assertThat(hex.formatHex(store.get("m/0"))).isEqualTo("000000000000000200000000000001020708");
  }

  @Test
  void shouldKeepModelsApart() {
    journal.add(entry("one"));
    assertThat(Journal.isEmpty("n", store)).isTrue();
    Journal.open("n", store).clear();
    assertThat(texts()).containsExactly("one");
  }
}
