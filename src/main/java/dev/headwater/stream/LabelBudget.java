package dev.headwater.stream;

import dev.headwater.head.LabelAdvisor;
import dev.headwater.head.LabelAdvisor.Purse;
import dev.headwater.learner.model.ByteStore;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides in one task which images of each model are worth a label, within a budget: a token bucket
 * for each model, kept in a store, so that a restart grants no second initial burst.
 *
 * <p>Not thread-safe.
 */
final class LabelBudget {
  private static final byte FORMAT = 1;

  /** Initial burst of a new model, all tasks together, which is repaid. */
  private static final double BURST = 12;

  private final double share;
  private final double burst;
  private final ByteStore store;
  private final Map<String, LabelAdvisor> advisors = new HashMap<>();

  /**
   * @param share of a model's images whose label may be asked for, from 0 to 1
   * @param tasks among which a model's images are spread, each of which keeps to the share
   */
  LabelBudget(double share, int tasks, ByteStore store) {
    this.share = share;
    burst = BURST / tasks;
    this.store = store;
  }

  /** Whether to ask for the label of an image before the model has a head. */
  boolean asks(String model) {
    var advisor = advisor(model, Purse.lent(burst));
    return saved(model, advisor, advisor.asks());
  }

  /**
   * Whether to ask for the label of an image.
   *
   * @param doubt of the head, see {@link LabelAdvisor#doubt}
   */
  boolean asks(String model, double doubt) {
    var advisor = advisor(model, new Purse(0, 0));
    return saved(model, advisor, advisor.asks(doubt));
  }

  private LabelAdvisor advisor(String model, Purse first) {
    return advisors.computeIfAbsent(
        model,
        name -> {
          byte[] kept = store.get(name);
          return new LabelAdvisor(share, kept == null ? first : read(name, kept));
        });
  }

  private boolean saved(String model, LabelAdvisor advisor, boolean asks) {
    var bucket = advisor.purse();
    store.put(
        model,
        ByteBuffer.allocate(1 + 2 * Double.BYTES)
            .put(FORMAT)
            .putDouble(bucket.earned())
            .putDouble(bucket.owed())
            .array());
    return asks;
  }

  private static Purse read(String model, byte[] kept) {
    var buffer = ByteBuffer.wrap(kept);
    byte format = buffer.get();
    if (format != FORMAT) {
      throw new IllegalStateException(
          "label budget of model %s has format %d: this build reads %d; start the build that wrote it"
              .formatted(model, format, FORMAT));
    }
    return new Purse(buffer.getDouble(), buffer.getDouble());
  }
}
