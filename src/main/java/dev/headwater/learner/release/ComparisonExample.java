package dev.headwater.learner.release;

import dev.headwater.backbone.Embedding;
import dev.headwater.evaluation.Judgement;
import dev.headwater.learner.model.FloatCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One labelled image that heads are compared on.
 *
 * @param number which lesson of the model it was, counted from 1
 * @param imageId names the image, so that its label can be corrected
 * @param domain where the image came from, as it is counted
 * @param trained what the head in training answered before it learnt anything of it
 * @param isLearnt whether heads of a later lesson have learnt it
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

  /** Returns the same as another lesson, which has to settle like a new one. */
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
    byte[] id = imageId.getBytes(StandardCharsets.UTF_8);
    byte[] from = domain.getBytes(StandardCharsets.UTF_8);
    var buffer =
        ByteBuffer.allocate(
            Long.BYTES
                + 3 * Integer.BYTES
                + 1
                + id.length
                + from.length
                + embedding.size() * Float.BYTES);
    buffer.putLong(number).putInt(trained.packed()).put((byte) (isLearnt ? 1 : 0));
    buffer.putInt(id.length).put(id).putInt(from.length).put(from);
    FloatCodec.put(buffer, embedding);
    return buffer.array();
  }

  static ComparisonExample of(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    long number = buffer.getLong();
    var trained = Judgement.unpacked(buffer.getInt());
    boolean isLearnt = buffer.get() != 0;
    String id = text(buffer);
    String domain = text(buffer);
    var embedding = Embedding.wrap(FloatCodec.get(buffer, buffer.remaining() / Float.BYTES));
    return new ComparisonExample(number, id, domain, trained, isLearnt, embedding);
  }

  private static String text(ByteBuffer buffer) {
    var bytes = new byte[buffer.getInt()];
    buffer.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
