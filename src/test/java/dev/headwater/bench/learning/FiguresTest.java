package dev.headwater.bench.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
  private static Judged judged(String domain, boolean positive, boolean answered) {
    return new Judged(domain, positive, new Answer(0.5, answered));
  }

  @Test
  void shouldCountEachDomainAndItsFirstAnswersApart() {
    var judged = new ArrayList<Judged>();
    for (int i = 0; i < 100; i++) {
      judged.add(judged("day", true, i >= 32));
    }
    for (int i = 0; i < 100; i++) {
      judged.add(judged("night", false, i < 16));
    }
    judged.add(judged("night", false, false));
    var figures = Figures.of(judged);
    assertThat(figures.accuracy()).isEqualTo(153 / 201.0);
    assertThat(figures.domains()).containsEntry("day", 0.68).containsEntry("night", 85 / 101.0);
    assertThat(figures.first()).containsEntry("day", 0.5).containsEntry("night", 0.75);
    assertThat(figures.last()).isEqualTo(153 / 200.0);
  }

  @Test
  void shouldTellHowWellTheRareClassIsFound() {
    var rare =
        RareClass.of(
            List.of(
                judged("day", true, true),
                judged("day", true, false),
                judged("day", false, true),
                judged("day", false, true),
                judged("day", false, false)));
    assertThat(rare.precision()).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(rare.recall()).isEqualTo(0.5);
    assertThat(rare.f1()).isCloseTo(0.4, within(1e-9));
  }

  @Test
  void shouldFindNothingWhereNothingIsAnswered() {
    assertThat(RareClass.of(List.of(judged("day", true, false)))).isEqualTo(new RareClass(0, 0, 0));
    assertThat(RareClass.of(List.of())).isEqualTo(new RareClass(0, 0, 0));
  }

  @Test
  void shouldGiveMeanAndSampleDeviation() {
    var spread = Spread.of(List.of(0.8, 0.9, 1.0));
    assertThat(spread.withDeviation()).isEqualTo("0.900 ± 0.100");
    assertThat(Spread.of(List.of(0.7)).withDeviation()).isEqualTo("0.700 ± 0.000");
  }
}
