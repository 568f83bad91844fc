package dev.headwater.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private final TextTable table = new TextTable(List.of("<name", ">count"));

  @Test
  void shouldAlignEachColumnByItsHeading() {
    table.add(List.of("a", "12345678"));
    table.add(List.of("longer", "1"));
    table.add(List.of("b", ""));

    assertThat(table.lines())
        .containsExactly("name       count", "a       12345678", "longer         1", "b");
  }

  @Test
  void shouldRefuseARowOfAnotherWidth() {
    assertThatThrownBy(() -> table.add(List.of("a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 cells, expected 2");
  }
}
