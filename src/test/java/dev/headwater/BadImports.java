package dev.headwater;

import dev.headwater.head.DenseHead;
import dev.headwater.snapshot.Snapshot;
import dev.headwater.snapshot.SnapshotFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files that must not become heads, by what is wrong with them. */
final class BadImports {
  /** What the refusal of each has to say. */
  static final Map<String, String> SAYING =
      Map.of(
          "wrong backbone", "the head understands backbone abababababab",
          "a NaN", "NaN",
          "truncated", "more than the file's 3",
          "wrong shape", "the head takes 64 values",
          "a header of 2 GB", "safetensors header of 2147483648 bytes",
          "pickled", "a pickled file");

  private static final int INPUTS = 64;

  private BadImports() {}

  /** Makes them from a good one. */
  static Map<String, byte[]> of(Snapshot good) {
    var bad = new LinkedHashMap<String, byte[]>();
    byte[] file = SnapshotFile.write(good);
    bad.put("wrong backbone", SnapshotFile.write(with(good, "ab".repeat(32), good.head())));
    byte[] nan = file.clone();
    ByteBuffer.wrap(nan).order(ByteOrder.LITTLE_ENDIAN).putFloat(nan.length - 4, Float.NaN);
    bad.put("a NaN", nan);
    bad.put("truncated", Arrays.copyOf(file, file.length / 2));
    var small = DenseHead.initial(INPUTS, 1);
    bad.put("wrong shape", SnapshotFile.write(with(good, good.backbone(), small)));
    byte[] huge = file.clone();
    ByteBuffer.wrap(huge).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 1L << 31);
    bad.put("a header of 2 GB", huge);
    bad.put("pickled", new byte[] {(byte) 0x80, 4, (byte) 0x95, 0, 0, 0, 0, 0, 0, 0, 0, '}', '.'});
    return bad;
  }

  private static Snapshot with(Snapshot good, String backbone, DenseHead head) {
    return new Snapshot(
        good.model(),
        good.version(),
        good.parent(),
        backbone,
        good.reducedQuality(),
        good.classes(),
        good.threshold(),
        good.examples(),
        good.accuracy(),
        good.windowAccuracy(),
        good.createdAt(),
        good.createdBy(),
        head);
  }
}
