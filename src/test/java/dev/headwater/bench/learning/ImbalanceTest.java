package dev.headwater.bench.learning;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ImbalanceTest {
  private final List<StreamItem> stream = Clouds.stream(20, 1);
  private final Imbalance imbalance = new Imbalance(10, 9);

  @Test
  void shouldShareThePositivesOutAndUseNoneTwice() {
    var positives = imbalance.thin(stream, 1).stream().filter(StreamItem::positive).toList();
    assertThat(positives).doesNotHaveDuplicates();
    assertThat(positives.stream().collect(groupingBy(StreamItem::domain, counting())))
        .containsEntry("day", 5L)
        .containsEntry("night", 4L);
  }

  @Test
  void shouldUseEachNegativeBeforeItUsesOneAgain() {
    var negatives = imbalance.thin(stream, 1).stream().filter(item -> !item.positive()).toList();
    assertThat(negatives).hasSize(90);
    assertThat(negatives.stream().distinct()).hasSize(40);
  }

  @Test
  void shouldRepeatNothingWhereThereAreEnough() {
    var thinned = new Imbalance(2, 8).thin(stream, 1);
    assertThat(thinned).hasSize(24).doesNotHaveDuplicates();
  }

  @Test
  void shouldKeepTheOrderOfTheDomainsAndFollowFromTheSeed() {
    var thinned = imbalance.thin(stream, 3);
    assertThat(thinned.subList(0, 55)).allMatch(item -> item.domain().equals("day"));
    assertThat(thinned).isEqualTo(imbalance.thin(stream, 3));
    assertThat(thinned).isNotEqualTo(imbalance.thin(stream, 4));
  }
}
