package dev.headwater.learner.release;

import dev.headwater.backbone.Embedding;
import dev.headwater.evaluation.Judgement;
import dev.headwater.learner.model.FloatCodec;
import dev.headwater.learner.model.RecordFields;
import java.nio.ByteBuffer;

/**
 * One labelled image that heads are compared on.
 *
 * @param number which label of the model it was, counted from 1
 * @param imageId names the image, so that its label can be corrected
 * @param domain where the image came from, as it is counted
 * @param trained what the head in training answered before it learnt anything of it
 * @param isLearnt whether later heads have learnt it
 * @param embedding for other heads to answer
 */
public record ComparisonExample(
    long number,
    String imageId,
    String domain,
    Judgement trained,
    boolean isLearnt,
    Embedding embedding) {

  boolean positive() {
    return trained.positive();
  }

  /** Returns the same with another label. */
  ComparisonExample relabelled(boolean positive) {
    return new ComparisonExample(
        number, imageId, domain, trained.relabelled(positive), isLearnt, embedding);
  }

  /** Returns the same as another label, quarantined like a new one. */
  ComparisonExample numbered(long other) {
    return new ComparisonExample(other, imageId, domain, trained, false, embedding);
  }

  /** Returns the same as an image that is learnt. */
  ComparisonExample learnt() {
    return new ComparisonExample(number, imageId, domain, trained, true, embedding);
  }

  /**
   * Number, judgement, whether it is learnt; image id and domain, a length before each; embedding.
   */
  byte[] bytes() {
    int texts = RecordFields.bytes(imageId) + RecordFields.bytes(domain);
    int size = embedding.size() * Float.BYTES;
    var buffer = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + 1 + texts + size);
    buffer.putLong(number).putInt(trained.packed()).put((byte) (isLearnt ? 1 : 0));
    RecordFields.putText(buffer, imageId);
    RecordFields.putText(buffer, domain);
    FloatCodec.put(buffer, embedding);
    return buffer.array();
  }

  static ComparisonExample of(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    long number = buffer.getLong();
    var trained = Judgement.unpacked(buffer.getInt());
    boolean isLearnt = buffer.get() != 0;
    String id = RecordFields.text(buffer);
    String domain = RecordFields.text(buffer);
    var embedding = Embedding.wrap(FloatCodec.get(buffer, buffer.remaining() / Float.BYTES));
    return new ComparisonExample(number, id, domain, trained, isLearnt, embedding);
  }
}
