package dev.headwater.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What became of a file, and what it cost.
 *
 * @param outcome {@code PIXELS}, or the reason of the refusal
 * @param message the refusal's words; empty for pixels
 * @param cpuMillis the time the decoding thread itself was at work, whatever else the machine did
 * @param allocatedMebibytes all that was allocated on the Java heap, garbage included
 */
record MeasuredDecode(String outcome, String message, long cpuMillis, long allocatedMebibytes) {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Decodes a file within the default limits; anything but pixels or a refusal is thrown. */
  static MeasuredDecode of(byte[] file) {
    return of(new ImageDecoder(ImageLimits.DEFAULT, 32, 32), file);
  }

  static MeasuredDecode of(ImageDecoder decoder, byte[] file) {
    long cpu = THREADS.getCurrentThreadCpuTime();
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    String outcome;
    String message = "";
    try {
      outcome = describe(decoder.decode(file));
    } catch (ImageRejectedException refused) {
      outcome = refused.reason().name();
      message = refused.getMessage();
    }
    return new MeasuredDecode(
        outcome,
        message,
        (THREADS.getCurrentThreadCpuTime() - cpu) / 1_000_000,
        (THREADS.getCurrentThreadAllocatedBytes() - allocated) >> 20);
  }

  private static String describe(Pixels pixels) {
    int count = pixels.width() * pixels.height() * 3;
    for (int i = 0; i < count; i++) {
      float value = pixels.value(i);
      if (!(value >= 0 && value <= 255)) {
        return "PIXELS OUT OF RANGE";
      }
    }
    return "PIXELS";
  }

  /**
   * Asserts an outcome that allocated no more than the file is worth, and took some seconds of CPU
   * at most: 0.5 s on a quiet machine, several times that beside other work, where attacks took 30
   * s.
   */
  MeasuredDecode cheaply(String expected) {
    assertThat(outcome).as(message).isEqualTo(expected);
    assertThat(cpuMillis).as("CPU time in ms").isLessThan(8_000);
    assertThat(allocatedMebibytes).as("MiB allocated").isLessThan(200);
    return this;
  }
}
