package dev.headwater.head;

import java.nio.charset.StandardCharsets;

/**
 * Scores on an image whose label came later.
 *
 * @param image which one it was, see {@link #imageKey}
 * @param number how many were judged before, of either class
 */
public record JudgedScores(long image, long number, BaseScores scores) {

  /** Returns 64 bits that tell images apart (FNV-1a, Fowler, Noll and Vo). */
  public static long imageKey(String imageId) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : imageId.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }
}
