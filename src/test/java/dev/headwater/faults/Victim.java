package dev.headwater.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A process that signals are done to: SIGKILL, SIGSTOP and SIGCONT, none of which it can refuse or
 * prepare for.
 */
final class Victim implements AutoCloseable {
  private static final int TAIL = 6_000;

  private final Process process;
  private final Path log;

  private Victim(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** No victim outlives the tests, unless these are killed themselves. */
  private Victim untilTheTestsEnd() {
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return this;
  }

  /** Starts a process, whose output is appended to a file. */
  static Victim start(ProcessBuilder command, Path log) {
    command
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      return new Victim(command.start(), log).untilTheTestsEnd();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Kills it as {@code kill -9} does, stopped or not, and waits until it is gone. */
  void kill() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Asks it to end, as {@code kill} does, and waits until it has. */
  void terminate() {
    process.destroy();
    try {
      if (!process.waitFor(90, TimeUnit.SECONDS)) {
        throw new AssertionError(
            "process %d did not end within 90 s; it said %s".formatted(process.pid(), said()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Takes the processor away from it, and nothing else: its connections stay open. */
  void stop() {
    signal("STOP");
  }

  /** Lets it go on as if no time had passed. */
  void goOn() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      var sent = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start();
      if (sent.waitFor() != 0) {
        throw new AssertionError(
            "SIG%s did not reach process %d, which said %s".formatted(name, process.pid(), said()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Returns the end of what it has written. */
  String said() {
    try {
      String all = Files.readString(log);
      return all.substring(Math.max(0, all.length() - TAIL));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
