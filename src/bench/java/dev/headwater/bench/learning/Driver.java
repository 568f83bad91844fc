package dev.headwater.bench.learning;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Leads a learner through a stream, testing it on each image before it learns those whose label it
 * asks for (prequential evaluation, Gama et al. 2013).
 *
 * @param nanos a clock
 */
record Driver(LongSupplier nanos) {

  /** Measures the processor time of this thread: what else the machine does does not count. */
  static Driver onThisThread() {
    return new Driver(ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime);
  }

  /** Runs a learner that has learnt nothing until the stream ends or its time is up. */
  Run run(Learner learner, List<StreamItem> stream, long budgetNanos) {
    var judged = new ArrayList<Judged>(stream.size());
    long started = nanos.getAsLong();
    long elapsed = 0;
    int labels = 0;
    for (StreamItem item : stream) {
      if (elapsed > budgetNanos) {
        return new Run(judged, labels, elapsed, false);
      }
      learner.observe(item.embedding(), item.domain());
      var answer = learner.predict(item.embedding(), item.domain());
      if (learner.wantsLabel()) {
        labels++;
        learner.learn(item.embedding(), item.positive(), item.domain());
      }
      judged.add(new Judged(item.domain(), item.positive(), answer));
      elapsed = nanos.getAsLong() - started;
    }
    return new Run(judged, labels, elapsed, true);
  }
}
