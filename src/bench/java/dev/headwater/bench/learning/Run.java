package dev.headwater.bench.learning;

import java.util.List;

/**
 * One learner's way through one stream.
 *
 * @param judged its answers, in the stream's order
 * @param labels how many labels it asked for
 * @param nanos the time it took to observe, answer and learn, of all images together
 * @param finished whether it came to the stream's end within its time
 */
record Run(List<Judged> judged, int labels, long nanos, boolean finished) {

  Run {
    judged = List.copyOf(judged);
  }

  double millisPerImage() {
    return judged.isEmpty() ? 0 : nanos / 1e6 / judged.size();
  }

  double labelShare() {
    return judged.isEmpty() ? 0 : (double) labels / judged.size();
  }
}
