package dev.headwater;

import java.util.concurrent.Callable;

/** Lets calls that may fail stand where none may. */
final class Calls {
  private Calls() {}

  static <T> T unchecked(Callable<T> call) {
    try {
      return call.call();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
