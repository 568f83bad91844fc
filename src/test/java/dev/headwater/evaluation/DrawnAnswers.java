package dev.headwater.evaluation;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Answers of heads between clueless and all too sure, with ties and both ends. */
final class DrawnAnswers {
  private final SplittableRandom random;

  DrawnAnswers(long seed) {
    random = new SplittableRandom(seed);
  }

  Judgement next() {
    boolean positive = random.nextInt(3) == 0;
    double sure = random.nextDouble(-2, 8) * (positive ? 1 : -1);
    double probability = 1 / (1 + Math.exp(-sure));
    if (random.nextInt(10) == 0) {
      probability = random.nextInt(5) / 4.0;
    }
    return new Judgement((float) probability, probability >= 0.4, positive);
  }

  List<Judgement> next(int count) {
    return IntStream.range(0, count).mapToObj(i -> next()).toList();
  }
}
