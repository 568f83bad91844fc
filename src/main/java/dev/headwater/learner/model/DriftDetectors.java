package dev.headwater.learner.model;

import dev.headwater.backbone.Embedding;
import dev.headwater.evaluation.Alarm;
import dev.headwater.evaluation.EmbeddingDrift;
import dev.headwater.evaluation.LossWatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The drift detectors of one model: one over all its images, one over all its published
 * predictions, and one over those in each domain.
 *
 * <p>One shift gives one alarm of each kind: as soon as any detector over predictions alarms, all
 * of them start anew, whichever domain they are of; likewise the one over images. Another alarm
 * takes another shift, and at least as many examples or images as a comparison needs.
 *
 * <p>The domains are those that scores are counted by, hence bounded. A domain that appears has
 * nothing to be compared with, and gives no alarm of its own.
 */
public final class DriftDetectors {
  /** The first byte of each record. */
  private static final byte FORMAT = 1;

  private final String imagesKey;
  private final String predictionsKey;
  private final ByteStore store;
  private EmbeddingDrift images;
  private final Map<String, Watch> watches = new HashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private final List<Alarm> alarms = new ArrayList<>();

  /**
   * A watch over predictions.
   *
   * @param epoch alarms of the model before it began; one of a domain that has missed an alarm is
   *     void
   */
  private record Watch(long epoch, LossWatch losses) {}

  public DriftDetectors(String model, ByteStore store) {
    this.store = store;
    imagesKey = model + "/images";
    predictionsKey = model + "/answers";
    byte[] kept = store.get(imagesKey);
    images = kept == null ? new EmbeddingDrift() : EmbeddingDrift.read(opened(imagesKey, kept));
  }

  /**
   * Takes what one image looks like, labelled or not.
   *
   * @param first whether it is the model's first: what is known then is of another backbone
   * @return what that tells of drift
   */
  public List<Alarm> see(Embedding embedding, boolean first) {
    if (first) {
      images = new EmbeddingDrift();
    }
    var alarm = images.see(embedding.toArray());
    if (alarm.isPresent()) {
      images = new EmbeddingDrift();
    }
    changed.add(imagesKey);
    return raised(alarm);
  }

  /**
   * Takes how one published prediction was judged by its label.
   *
   * @param domain as it is counted
   * @param wrong whether the prediction was wrong
   * @param loss the probability that it gave to the wrong class
   * @return what that tells of drift
   */
  public List<Alarm> judge(String domain, boolean wrong, double loss) {
    String domainKey = predictionsKey + "/" + domain;
    var all = watch(predictionsKey).orElse(new Watch(0, LossWatch.NONE));
    var one =
        watch(domainKey)
            .filter(known -> known.epoch() == all.epoch())
            .orElse(new Watch(all.epoch(), LossWatch.NONE));
    var next = all.losses().plus(wrong, loss);
    var nextInDomain = one.losses().plus(wrong, loss);
    var alarm = next.alarm().or(() -> nextInDomain.alarm().map(found -> found.in(domain)));
    if (alarm.isPresent()) {
      set(predictionsKey, new Watch(all.epoch() + 1, LossWatch.NONE));
      set(domainKey, new Watch(all.epoch() + 1, LossWatch.NONE));
    } else {
      set(predictionsKey, new Watch(all.epoch(), next.next()));
      set(domainKey, new Watch(all.epoch(), nextInDomain.next()));
    }
    return raised(alarm);
  }

  private List<Alarm> raised(Optional<Alarm> alarm) {
    alarm.ifPresent(alarms::add);
    return alarm.stream().toList();
  }

  /** Returns the alarms since this was asked last. */
  public List<Alarm> takeAlarms() {
    var taken = List.copyOf(alarms);
    alarms.clear();
    return taken;
  }

  /** Reads a watch once; from then on it is kept here. */
  private Optional<Watch> watch(String key) {
    return Optional.ofNullable(watches.computeIfAbsent(key, this::read));
  }

  private Watch read(String key) {
    byte[] kept = store.get(key);
    if (kept == null) {
      return null;
    }
    var bytes = opened(key, kept);
    return new Watch(bytes.getLong(), LossWatch.read(bytes));
  }

  private void set(String key, Watch watch) {
    watches.put(key, watch);
    changed.add(key);
  }

  /** Writes what has changed since it was read or saved last. */
  public void save() {
    changed.forEach(key -> store.put(key, key.equals(imagesKey) ? bytes(images) : bytes(key)));
    changed.clear();
  }

  private static byte[] bytes(EmbeddingDrift images) {
    var bytes = ByteBuffer.allocate(1 + images.bytes()).put(FORMAT);
    images.write(bytes);
    return bytes.array();
  }

  private byte[] bytes(String key) {
    var watch = watches.get(key);
    var bytes = ByteBuffer.allocate(1 + Long.BYTES + watch.losses().bytes());
    bytes.put(FORMAT).putLong(watch.epoch());
    watch.losses().write(bytes);
    return bytes.array();
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
