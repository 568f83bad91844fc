package dev.headwater.stream;

import dev.headwater.backbone.Embedding;
import dev.headwater.evaluation.Judgement;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One labelled image that heads are compared on.
 *
 * @param number which lesson of the model it was, counted from 1
 * @param imageId names the image, so that its label can be corrected
 * @param trained what the head in training answered before it learnt anything of it
 * @param embedding for other heads to answer
 */
record Round(long number, String imageId, Judgement trained, Embedding embedding) {

  boolean positive() {
    return trained.positive();
  }

  /** Returns the same with another label. */
  Round relabelled(boolean positive) {
    return new Round(number, imageId, trained.relabelled(positive), embedding);
  }

  /** Number, judgement, and image id with a length before it; then the embedding. */
  byte[] bytes() {
    byte[] id = imageId.getBytes(StandardCharsets.UTF_8);
    var buffer =
        ByteBuffer.allocate(
            Long.BYTES + 2 * Integer.BYTES + id.length + embedding.size() * Float.BYTES);
    buffer.putLong(number).putInt(trained.packed()).putInt(id.length).put(id);
    Floats.put(buffer, embedding);
    return buffer.array();
  }

  static Round of(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    long number = buffer.getLong();
    var trained = Judgement.unpacked(buffer.getInt());
    var id = new byte[buffer.getInt()];
    buffer.get(id);
    var embedding = Embedding.wrap(Floats.get(buffer, buffer.remaining() / Float.BYTES));
    return new Round(number, new String(id, StandardCharsets.UTF_8), trained, embedding);
  }
}
