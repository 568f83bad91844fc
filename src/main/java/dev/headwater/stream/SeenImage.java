package dev.headwater.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headwater.backbone.Embedding;
import dev.headwater.event.ContentHash;
import dev.headwater.event.Prediction;
import dev.headwater.learner.model.FloatCodec;
import dev.headwater.learner.model.LearnerInput.Observation;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * What inference remembers of an image that it has predicted, so that a label can follow and a
 * repeat is recognised.
 *
 * @param digest of the file's bytes, see {@link ContentHash}
 * @param model that was asked
 * @param embedding in 16-bit numbers where it was read back
 * @param predictedPositive which class was published; empty for none
 * @param positive the label as known so far
 */
record SeenImage(
    byte[] digest,
    String model,
    String domain,
    String backbone,
    Embedding embedding,
    double probability,
    long snapshotVersion,
    Optional<Boolean> predictedPositive,
    Optional<Boolean> positive) {
  private static final byte FORMAT = 1;
  private static final byte NONE = -1;

  static SeenImage of(
      byte[] digest, Prediction prediction, Embedding embedding, Optional<Boolean> positive) {
    return new SeenImage(
        digest,
        prediction.model(),
        prediction.domain(),
        prediction.backbone(),
        embedding,
        prediction.probability(),
        prediction.snapshotVersion(),
        prediction.predictedClass().map(c -> prediction.probability() >= prediction.threshold()),
        positive);
  }

  boolean isSame(byte[] otherDigest, String otherModel) {
    return Arrays.equals(digest, otherDigest) && model.equals(otherModel);
  }

  SeenImage labelled(boolean isPositive) {
    return new SeenImage(
        digest,
        model,
        domain,
        backbone,
        embedding,
        probability,
        snapshotVersion,
        predictedPositive,
        Optional.of(isPositive));
  }

  /** Returns it as an input of the model's learner. */
  Observation observation(String imageId) {
    return new Observation(
        imageId,
        domain,
        backbone,
        embedding,
        positive,
        probability,
        snapshotVersion,
        predictedPositive);
  }

  /** Returns it as bytes: some 2.7 KB for an embedding of 1280 numbers. */
  byte[] write() {
    byte[] modelName = model.getBytes(UTF_8);
    byte[] domainName = domain.getBytes(UTF_8);
    byte[] fingerprint = backbone.getBytes(UTF_8);
    int texts = modelName.length + domainName.length + fingerprint.length;
    int numbers = embedding.size() * Short.BYTES;
    var buffer =
        ByteBuffer.allocate(1 + ContentHash.BYTES + 3 * Short.BYTES + texts + 8 + 8 + 2 + numbers);
    buffer.put(FORMAT).put(digest);
    buffer.putShort((short) modelName.length).put(modelName);
    buffer.putShort((short) domainName.length).put(domainName);
    buffer.putShort((short) fingerprint.length).put(fingerprint);
    buffer.putDouble(probability).putLong(snapshotVersion);
    buffer.put(side(predictedPositive)).put(side(positive));
    FloatCodec.putBfloat16(buffer, embedding.toArray());
    return buffer.array();
  }

  /** Reads what {@link #write} wrote. */
  static SeenImage read(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    byte format = buffer.get();
    if (format != FORMAT) {
      throw new IllegalStateException(
          "the inference application's state has format %d: this build reads %d; start the build that wrote it"
              .formatted(format, FORMAT));
    }
    var digest = new byte[ContentHash.BYTES];
    buffer.get(digest);
    String model = text(buffer);
    String domain = text(buffer);
    String backbone = text(buffer);
    double probability = buffer.getDouble();
    long version = buffer.getLong();
    Optional<Boolean> predicted = side(buffer.get());
    Optional<Boolean> label = side(buffer.get());
    var embedding =
        Embedding.wrap(FloatCodec.getBfloat16(buffer, buffer.remaining() / Short.BYTES));
    return new SeenImage(
        digest, model, domain, backbone, embedding, probability, version, predicted, label);
  }

  private static byte side(Optional<Boolean> positive) {
    return positive.map(p -> (byte) (p ? 1 : 0)).orElse(NONE);
  }

  private static Optional<Boolean> side(byte side) {
    return side == NONE ? Optional.empty() : Optional.of(side == 1);
  }

  private static String text(ByteBuffer buffer) {
    var bytes = new byte[buffer.getShort()];
    buffer.get(bytes);
    return new String(bytes, UTF_8);
  }
}
