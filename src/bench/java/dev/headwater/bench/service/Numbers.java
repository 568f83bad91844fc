package dev.headwater.bench.service;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Refuses options out of their range with a sentence. */
final class Numbers {
  private Numbers() {}

  static void requireAtLeast(CommandLine line, String option, double value, double least) {
    if (!(value >= least)) {
      throw new ParameterException(
          line, "%s must be at least %s, found %s".formatted(option, plain(least), plain(value)));
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
