package dev.headwater.bench.service;

import com.sun.management.ThreadMXBean;
import dev.headwater.bench.service.LearnerReport.Round;
import dev.headwater.event.RejectedException;
import dev.headwater.head.LearnerSettings;
import dev.headwater.learner.Journal;
import dev.headwater.learner.LearnerConfiguration;
import dev.headwater.learner.LiveModels;
import dev.headwater.learner.ModelLearner;
import dev.headwater.learner.OpenModels;
import dev.headwater.learner.model.DriftReaction;
import dev.headwater.learner.model.LearnerByteStores;
import dev.headwater.learner.model.LearnerInputCodec;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ReleaseRules;
import dev.headwater.learner.model.SnapshotPolicy;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the processor time that one model's learner takes for an image, without Kafka: reading
 * the input, testing, training, versions, journal and checkpoints, over stores on the heap.
 *
 * @param images measured in a round, first labelled ones, then as many without a label
 * @param warmUp labelled images before the first round
 * @param rounds one after the other, of the same model
 */
record LearnerBench(int images, int warmUp, int rounds) {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  LearnerReport run() {
    var backbone = new NoBackbone();
    var learner =
        new ModelLearner(
            new LearnerConfiguration(
                backbone.id(),
                backbone.embeddingSize(),
                LearnerSettings.DEFAULT,
                SnapshotPolicy.DEFAULT,
                new ModelCatalog(List.of(), true, 1),
                DriftReaction.ADAPT,
                ReleaseRules.DEFAULT));
    var stores = LearnerByteStores.of(name -> new HeapBytes());
    var models = new OpenModels(learner, stores, new HeapBytes(), new LiveModels());
    var drawn = new DrawnExamples(backbone);
    var measured = new ArrayList<Round>();
    take(models, draw(drawn, 0, warmUp, true));
    int from = warmUp;
    for (int round = 0; round < rounds; round++, from += 2 * images) {
      var labelled = take(models, draw(drawn, from, images, true));
      var unlabelled = take(models, draw(drawn, from + images, images, false));
      measured.add(new Round(labelled, unlabelled));
    }
    return new LearnerReport("learner", images, warmUp, measured);
  }

  private static List<byte[]> draw(DrawnExamples drawn, int from, int count, boolean labelled) {
    var examples = new ArrayList<byte[]>();
    for (int n = from; n < from + count; n++) {
      examples.add(drawn.example(0, n, labelled));
    }
    return examples;
  }

  /** Takes examples on this thread, and returns what one of them costs it. */
  private static LearnerReport.Cost take(OpenModels models, List<byte[]> examples) {
    long id = Thread.currentThread().getId();
    long bytes = THREADS.getThreadAllocatedBytes(id);
    long nanos = THREADS.getCurrentThreadCpuTime();
    for (byte[] example : examples) {
      var entry = new Journal.Entry(Instant.EPOCH, example);
      try {
        models.get(DrawnExamples.model(0)).accept(LearnerInputCodec.read(example), entry);
      } catch (RejectedException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
    }
    double micros = (THREADS.getCurrentThreadCpuTime() - nanos) / 1e3;
    double kilobytes = (THREADS.getThreadAllocatedBytes(id) - bytes) / 1e3;
    return new LearnerReport.Cost(micros / examples.size(), kilobytes / examples.size());
  }
}
