package dev.headwater.stream;

import dev.headwater.head.LabelAdvisor;
import dev.headwater.head.LabelAdvisor.Purse;
import dev.headwater.learner.model.ByteStore;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides in one task which images of each model are worth a label. What a model has to spend lies
 * in a store, so that a restart lends it nothing again.
 *
 * <p>Not thread-safe.
 */
final class LabelBudget {
  private static final byte FORMAT = 1;

  /** Labels lent to a new model, all tasks together. */
  private static final double LOAN = 12;

  private final double share;
  private final double loan;
  private final ByteStore purses;
  private final Map<String, LabelAdvisor> advisors = new HashMap<>();

  /**
   * @param share of a model's images whose label may be asked for, from 0 to 1
   * @param tasks among which a model's images are spread, each of which keeps to the share
   */
  LabelBudget(double share, int tasks, ByteStore purses) {
    this.share = share;
    this.loan = LOAN / tasks;
    this.purses = purses;
  }

  /** Whether to ask for the label of an image before the model has a head. */
  boolean asks(String model) {
    var advisor = advisor(model, Purse.lent(loan));
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
          byte[] kept = purses.get(name);
          return new LabelAdvisor(share, kept == null ? first : read(name, kept));
        });
  }

  private boolean saved(String model, LabelAdvisor advisor, boolean asks) {
    var purse = advisor.purse();
    purses.put(
        model,
        ByteBuffer.allocate(1 + 2 * Double.BYTES)
            .put(FORMAT)
            .putDouble(purse.earned())
            .putDouble(purse.owed())
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
