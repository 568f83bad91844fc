package dev.headwater.learner.model;

import dev.headwater.backbone.Embedding;
import dev.headwater.evaluation.Alarm;
import dev.headwater.evaluation.EmbeddingDrift;
import dev.headwater.evaluation.LossWatch;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * The drift detectors of each model: one over all its images, one over all its answers, and one
 * over the answers in each domain.
 *
 * <p>One shift gives one alarm of each kind: as soon as any detector over answers alarms, all of
 * the model's start anew, whichever domain they are of; likewise the one over images. Another alarm
 * takes another shift, and at least as many examples or images as a comparison needs.
 *
 * <p>The domains are those that scores are counted by, hence bounded. A domain that appears has
 * nothing to be compared with, and gives no alarm of its own.
 */
final class DriftDetectorStore {
  /** The first byte of each record. */
  private static final byte FORMAT = 1;

  private final ByteStore store;

  /**
   * A watch over answers.
   *
   * @param alarms of the model before it began; one of a domain that has missed an alarm is void
   */
  private record Watched(long alarms, LossWatch watch) {}

  DriftDetectorStore(ByteStore store) {
    this.store = store;
  }

  /**
   * Takes what one image looks like, labelled or not.
   *
   * @param first whether it is the model's first: what is known then is of another backbone
   */
  List<Alarm> see(String model, Embedding embedding, boolean first) {
    String key = model + "/images";
    byte[] kept = first ? null : store.get(key);
    var drift = kept == null ? new EmbeddingDrift() : EmbeddingDrift.read(opened(key, kept));
    var alarm = drift.see(embedding.toArray());
    if (alarm.isPresent()) {
      store.delete(key);
    } else {
      var bytes = ByteBuffer.allocate(1 + drift.bytes()).put(FORMAT);
      drift.write(bytes);
      store.put(key, bytes.array());
    }
    return alarm.stream().toList();
  }

  /**
   * Takes how one published answer was judged by its label.
   *
   * @param domain as it is counted
   * @param wrong whether the answer was wrong
   * @param loss the probability that it gave to the wrong class
   */
  List<Alarm> judge(String model, String domain, boolean wrong, double loss) {
    String key = model + "/answers";
    String domainKey = key + "/" + domain;
    var all = watched(key).orElse(new Watched(0, LossWatch.NONE));
    var apart =
        watched(domainKey)
            .filter(known -> known.alarms() == all.alarms())
            .orElse(new Watched(all.alarms(), LossWatch.NONE));
    var step = all.watch().plus(wrong, loss);
    var stepApart = apart.watch().plus(wrong, loss);
    var alarm = step.alarm().or(() -> stepApart.alarm().map(found -> found.in(domain)));
    if (alarm.isPresent()) {
      save(key, new Watched(all.alarms() + 1, LossWatch.NONE));
      store.delete(domainKey);
    } else {
      save(key, new Watched(all.alarms(), step.next()));
      save(domainKey, new Watched(all.alarms(), stepApart.next()));
    }
    return alarm.stream().toList();
  }

  private Optional<Watched> watched(String key) {
    byte[] kept = store.get(key);
    if (kept == null) {
      return Optional.empty();
    }
    var bytes = opened(key, kept);
    return Optional.of(new Watched(bytes.getLong(), LossWatch.read(bytes)));
  }

  private void save(String key, Watched watched) {
    var bytes = ByteBuffer.allocate(1 + Long.BYTES + watched.watch().bytes());
    bytes.put(FORMAT).putLong(watched.alarms());
    watched.watch().write(bytes);
    store.put(key, bytes.array());
  }

  private static ByteBuffer opened(String key, byte[] kept) {
    var bytes = ByteBuffer.wrap(kept);
    byte format = bytes.get();
    if (format != FORMAT) {
      throw new IllegalStateException(
          "detector %s has format %d: this build reads %d; start the build that wrote it"
              .formatted(key, format, FORMAT));
    }
    return bytes;
  }
}
