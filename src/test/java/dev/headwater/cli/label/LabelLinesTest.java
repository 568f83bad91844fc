package dev.headwater.cli.label;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LabelLinesTest {
  private static LabelLines read(String text) throws IOException {
    return LabelLines.read(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  @Test
  void shouldSplitAtTheTabOrElseAtTheComma() throws IOException {
    var lines = read("\uFEFFa , cat\n\nb,1\tdog, big\n");

    assertThat(lines.faults()).isEmpty();
    assertThat(lines.labels())
        .extracting(label -> label.event().imageId() + "=" + label.event().label())
        .containsExactly("a=cat", "b,1=dog, big");
  }

  @Test
  void shouldNumberTheFaults() throws IOException {
    var lines = read("a cat\nb,cat\nc,cat,dog\nd\te\tf\n,cat\n");

    assertThat(lines.labels()).hasSize(1);
    assertThat(lines.faults())
        .satisfiesExactly(
            fault -> assertThat(fault).startsWith("line 1 has neither a tab nor a comma"),
            fault -> assertThat(fault).startsWith("line 3 has more than one comma and no tab"),
            fault -> assertThat(fault).startsWith("line 4 has more than one tab"),
            fault -> assertThat(fault).startsWith("line 5: image id is ''"));
  }
}
