package dev.headwater.evaluation;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Score cards as bytes: a format (2), both sums and the newest answers, four bytes each.
 *
 * <p>Sums are mostly zeros and small whole numbers. A run of zeros is a 0 and its length; any other
 * number is its IEEE 754 bits in reverse order of bytes, so that those of whole numbers, which end
 * in zeros, are small. All of these are written with 7 bits a byte, lowest first.
 */
public final class ScoreCardCodec {
  private static final byte FORMAT = 2;
  private static final int LONGEST_NUMBER = 10;
  private static final int MORE = 0x80;

  private ScoreCardCodec() {}

  /** Returns a card's bytes: the same for equal cards. */
  public static byte[] write(ScoreCard card) {
    int most = 1 + (1 + 2 * WeightedSums.length()) * LONGEST_NUMBER;
    int recent = card.recent().judgements().size() * Integer.BYTES;
    var buffer = ByteBuffer.allocate(most + recent).put(FORMAT);
    putSums(buffer, card.sums().copyOfValues());
    putSums(buffer, card.faded().copyOfValues());
    card.recent().judgements().forEach(judgement -> buffer.putInt(judgement.packed()));
    var bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    return bytes;
  }

  private static void putSums(ByteBuffer buffer, double[] values) {
    for (int at = 0; at < values.length; ) {
      long bits = Double.doubleToLongBits(values[at]);
      putNumber(buffer, Long.reverseBytes(bits));
      if (bits == 0) {
        int end = endOfZeros(values, at);
        putNumber(buffer, end - at);
        at = end;
      } else {
        at++;
      }
    }
  }

  private static int endOfZeros(double[] values, int from) {
    int end = from;
    while (end < values.length && Double.doubleToLongBits(values[end]) == 0) {
      end++;
    }
    return end;
  }

  private static void putNumber(ByteBuffer buffer, long number) {
    long left = number;
    while ((left & -MORE) != 0) {
      buffer.put((byte) (left | MORE));
      left >>>= 7;
    }
    buffer.put((byte) left);
  }

  /**
   * Returns the card that bytes are of.
   *
   * @throws IllegalArgumentException if this build did not write them
   */
  public static ScoreCard read(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    try {
      byte format = buffer.get();
      if (format != FORMAT) {
        throw new IllegalArgumentException(
            "scores have format %d: this build reads %d; start the build that wrote them"
                .formatted(format, FORMAT));
      }
      var sums = sums(buffer);
      var faded = sums(buffer);
      return new ScoreCard(sums, faded, new RecentJudgements(ScoreCard.WINDOW, judgements(buffer)));
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException(
          "scores of %d bytes end too early; restore them from Kafka".formatted(bytes.length), e);
    }
  }

  private static WeightedSums sums(ByteBuffer buffer) {
    var values = new double[WeightedSums.length()];
    int at = 0;
    while (at < values.length) {
      long bits = Long.reverseBytes(number(buffer));
      if (bits == 0) {
        at = Math.addExact(at, Math.toIntExact(number(buffer)));
      } else {
        values[at++] = Double.longBitsToDouble(bits);
      }
    }
    return WeightedSums.of(values);
  }

  private static List<Judgement> judgements(ByteBuffer buffer) {
    var judgements = new ArrayList<Judgement>();
    while (buffer.hasRemaining()) {
      judgements.add(Judgement.unpacked(buffer.getInt()));
    }
    return judgements;
  }

  private static long number(ByteBuffer buffer) {
    long number = 0;
    int shift = 0;
    byte next;
    do {
      next = buffer.get();
      number |= (long) (next & (MORE - 1)) << shift;
      shift += 7;
    } while (next < 0);
    return number;
  }
}
