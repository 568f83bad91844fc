package dev.headwater.learner.model;

import dev.headwater.head.BaseScores;
import dev.headwater.head.Calibration;
import dev.headwater.head.JudgedScores;
import dev.headwater.head.LinearComponent;
import dev.headwater.head.ScoreWindow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads and writes an ensemble of the linear and the neural component, big-endian: a format (1),
 * then the fields in order, lists with a length before them.
 */
final class EnsembleCodec {
  private static final byte FORMAT = 1;
  private static final int JUDGED = 2 * Long.BYTES + 2 * Float.BYTES;

  private EnsembleCodec() {}

  static byte[] write(LinearComponent linear) {
    float[] values = Arrays.copyOf(linear.copyOfWeights(), linear.inputs() + 1);
    values[linear.inputs()] = linear.bias();
    var buffer = ByteBuffer.allocate(1 + values.length * Float.BYTES).put(FORMAT);
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }

  static LinearComponent readLinear(byte[] bytes) {
    var buffer = open(bytes);
    float[] values = FloatCodec.get(buffer, buffer.remaining() / Float.BYTES);
    int inputs = values.length - 1;
    return new LinearComponent(Arrays.copyOf(values, inputs), values[inputs]);
  }

  static byte[] write(Calibration calibration) {
    return ByteBuffer.allocate(1 + 4 * Double.BYTES)
        .put(FORMAT)
        .putDouble(calibration.linear())
        .putDouble(calibration.neural())
        .putDouble(calibration.bias())
        .putDouble(calibration.threshold())
        .array();
  }

  static Calibration readCalibration(byte[] bytes) {
    var buffer = open(bytes);
    return new Calibration(
        buffer.getDouble(), buffer.getDouble(), buffer.getDouble(), buffer.getDouble());
  }

  static byte[] write(ScoreWindow window) {
    var buffer =
        ByteBuffer.allocate(
                1 + Long.BYTES + 2 * Double.BYTES + 2 * Integer.BYTES + window.size() * JUDGED)
            .put(FORMAT)
            .putLong(window.judged())
            .putDouble(window.negativeCount())
            .putDouble(window.positiveCount());
    put(buffer, window.negatives());
    put(buffer, window.positives());
    return buffer.array();
  }

  private static void put(ByteBuffer buffer, List<JudgedScores> judged) {
    buffer.putInt(judged.size());
    for (JudgedScores one : judged) {
      buffer
          .putLong(one.image())
          .putLong(one.number())
          .putFloat((float) one.scores().linear())
          .putFloat((float) one.scores().neural());
    }
  }

  static ScoreWindow readWindow(byte[] bytes) {
    var buffer = open(bytes);
    long judged = buffer.getLong();
    double negative = buffer.getDouble();
    double positive = buffer.getDouble();
    return new ScoreWindow(judged(buffer), judged(buffer), negative, positive, judged);
  }

  private static List<JudgedScores> judged(ByteBuffer buffer) {
    int count = buffer.getInt();
    var judged = new ArrayList<JudgedScores>(count);
    for (int i = 0; i < count; i++) {
      judged.add(
          new JudgedScores(
              buffer.getLong(),
              buffer.getLong(),
              new BaseScores(buffer.getFloat(), buffer.getFloat())));
    }
    return judged;
  }

  private static ByteBuffer open(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    byte format = buffer.get();
    if (format != FORMAT) {
      throw new IllegalStateException(
          "ensemble of format %d in the learner's state: this build reads %d; start the build that wrote it"
              .formatted(format, FORMAT));
    }
    return buffer;
  }
}
