package dev.headwater;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The packaged application in a process of its own, with nothing configured but what is given: no
 * variable, no file in the working directory and no home of whoever runs the tests reaches it.
 */
public final class HeadwaterProcess implements AutoCloseable {
  private static final Path JAR =
      Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();

  /** Halves what a start costs: most of it is compiling what runs once. */
  public static final List<String> QUICK_START =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** How a command ended. */
  record Finished(int exitCode, List<String> out, List<String> err) {
    /** The lines of standard error that are Headwater's own. */
    List<String> sentences() {
      return err.stream().filter(line -> line.startsWith("headwater: ")).toList();
    }
  }

  private final Process process;
  private final Path out;
  private final Path err;

  private HeadwaterProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  public static boolean isPackaged() {
    return Files.isRegularFile(JAR);
  }

  /** Starts a command with variables; its output goes to files in a directory. */
  static HeadwaterProcess start(
      Path directory, Map<String, String> environment, String... arguments) throws IOException {
    Path out = Files.createTempFile(directory, "out", ".txt");
    Path err = Files.createTempFile(directory, "err", ".txt");
    var jvm = new ArrayList<>(QUICK_START);
    jvm.add("-Xmx1g");
    var builder = command(directory, jvm, environment, List.of(arguments));
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    return new HeadwaterProcess(builder.start(), out, err);
  }

  /**
   * Returns what starts a command in a JVM with options, with nothing configured but the given.
   *
   * @param directory where it runs, and has its temporary files
   */
  public static ProcessBuilder command(
      Path directory, List<String> jvm, Map<String, String> environment, List<String> arguments)
      throws IOException {
    Path temporary = Files.createDirectories(directory.resolve("tmp"));
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.add("-Duser.home=" + System.getProperty("user.home"));
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(HeadwaterProcess::isConfiguration);
    builder.environment().putAll(environment);
    return builder;
  }

  private static boolean isConfiguration(String name) {
    return name.startsWith("HEADWATER_")
        || name.startsWith("KAFKA_")
        || name.startsWith("XDG_")
        || name.startsWith("QUARKUS_");
  }

  /** Runs a command to its end. */
  static Finished run(Path directory, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    try (var process = start(directory, environment, arguments)) {
      return process.await(PATIENCE);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Asks the process to end, as {@code kill} does, and waits for it. */
  Finished terminate(Duration patience) throws IOException, InterruptedException {
    process.destroy();
    return await(patience);
  }

  private Finished await(Duration patience) throws IOException, InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError(
          "process %d runs after %s still; it said %s".formatted(process.pid(), patience, said()));
    }
    return new Finished(process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
  }

  /** Returns what it has written to standard error. */
  String said() throws IOException {
    return Files.readString(err);
  }

  /** Kills the process where it still runs. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
