package dev.headwater.bench.service;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Processor time that this process has taken, in nanoseconds, by who took it.
 *
 * @param inference its stream threads: decoding, embedding, predicting, and their share of the
 *     client
 * @param learner its stream threads
 * @param kafka all other threads of Java: the broker in this process, and the clients' own threads
 * @param machine what is no thread of Java: compiler, garbage collector, RocksDB's own threads
 */
record CpuTimes(long inference, long learner, long kafka, long machine) {
  private static final Pattern INFERENCE = streamThreads("inference");
  private static final Pattern LEARNER = streamThreads("learner");
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static Pattern streamThreads(String application) {
    return Pattern.compile(".*" + application + "-.*StreamThread-\\d+");
  }

  /** Reads the clocks of all threads that live now; what others took counts as the machine's. */
  static CpuTimes now() {
    List<ThreadInfo> threads =
        Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
            .filter(Objects::nonNull)
            .toList();
    long inference = sum(threads, INFERENCE);
    long learner = sum(threads, LEARNER);
    long all = threads.stream().mapToLong(CpuTimes::time).sum();
    return new CpuTimes(
        inference, learner, all - inference - learner, SYSTEM.getProcessCpuTime() - all);
  }

  private static long sum(List<ThreadInfo> threads, Pattern names) {
    return threads.stream()
        .filter(thread -> names.matcher(thread.getThreadName()).matches())
        .mapToLong(CpuTimes::time)
        .sum();
  }

  /** The time of a thread that has just ended is not known. */
  private static long time(ThreadInfo thread) {
    return Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId()));
  }

  CpuTimes since(CpuTimes earlier) {
    return new CpuTimes(
        inference - earlier.inference,
        learner - earlier.learner,
        kafka - earlier.kafka,
        machine - earlier.machine);
  }

  /** Returns how many cores other processes have taken, on average since the last call. */
  static double coresOfOthers() {
    double all = Math.max(0, SYSTEM.getCpuLoad());
    double own = Math.max(0, SYSTEM.getProcessCpuLoad());
    return Math.max(0, all - own) * SYSTEM.getAvailableProcessors();
  }
}
