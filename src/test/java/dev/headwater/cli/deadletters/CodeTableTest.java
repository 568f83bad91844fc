package dev.headwater.cli.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.event.ErrorCode;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CodeTableTest {
  private final CodeTable table = new CodeTable();

  @Test
  void shouldCountByCodeAndPutUnknownOnesLast() {
    table.add(Optional.empty(), false);
    table.add(Optional.of(ErrorCode.MODEL_UNKNOWN), true);
    table.add(Optional.of(ErrorCode.IMAGE_CORRUPT), false);
    table.add(Optional.of(ErrorCode.IMAGE_CORRUPT), true);

    assertThat(table.lines())
        .extracting(line -> line.replaceAll(" +", " "))
        .containsExactly(
            "code letters retried what to do",
            "IMAGE_CORRUPT 2 1 " + ErrorCode.IMAGE_CORRUPT.remedy(),
            "MODEL_UNKNOWN 1 1 " + ErrorCode.MODEL_UNKNOWN.remedy(),
            "(other) 1 0 no code of this version: read the messages");
  }

  @Test
  void shouldHaveNoLinesWithoutLetters() {
    assertThat(table.lines()).isEmpty();
  }
}
