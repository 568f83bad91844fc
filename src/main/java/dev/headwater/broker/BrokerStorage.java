package dev.headwater.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/**
 * The broker's log directory, formatted for one KRaft node.
 *
 * @param log the directory that Kafka writes to
 * @param clusterId the id given when it was formatted
 */
record BrokerStorage(Path log, String clusterId) {
  private static final String META = "meta.properties";

  /**
   * Opens {@code directory/log}, formatting it where there is none.
   *
   * @throws BrokerException if what is there was not made for this broker
   */
  static BrokerStorage open(Path directory) {
    Path log = directory.toAbsolutePath().normalize().resolve("log");
    try {
      if (isAbsentOrEmpty(log)) {
        format(log);
      }
      return new BrokerStorage(log, clusterId(log));
    } catch (IOException e) {
      throw new BrokerException("the broker's data in %s cannot be used: %s".formatted(log, e), e);
    }
  }

  /** Formats beside the final place and renames, so that a kill leaves nothing half made. */
  private static void format(Path log) throws IOException {
    Path unfinished = log.resolveSibling("log.unfinished");
    delete(unfinished);
    Files.createDirectories(unfinished);
    runFormatter(unfinished);
    Files.deleteIfExists(log);
    Files.move(unfinished, log, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Runs what the command {@code kafka-storage.sh format} runs, which wants a file of settings. */
  private static void runFormatter(Path log) throws IOException {
    Path file = Files.createTempFile(log.getParent(), "format", ".properties");
    var printed = new ByteArrayOutputStream();
    try (var stream = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      writeSettings(file, log);
      String id = Uuid.randomUuid().toString();
      String[] command = {"format", "--config", file.toString(), "--cluster-id=" + id};
      if (StorageTool.execute(command, stream) != 0) {
        throw new BrokerException(
            log + " cannot be formatted: " + printed.toString(StandardCharsets.UTF_8).strip());
      }
    } finally {
      Files.delete(file);
    }
  }

  private static void writeSettings(Path file, Path log) throws IOException {
    var settings = new Properties();
    settings.putAll(BrokerSettings.of(log, new BrokerPorts(1, 2), Map.of()));
    try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.ISO_8859_1)) {
      settings.store(writer, null);
    }
  }

  private static String clusterId(Path log) throws IOException {
    Path file = log.resolve(META);
    if (!Files.isRegularFile(file)) {
      throw unusable(log, "it has files but no " + META);
    }
    var meta = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      meta.load(reader);
    } catch (IllegalArgumentException e) {
      throw unusable(log, META + " cannot be read (" + e.getMessage() + ")");
    }
    requireValue(log, meta, "version", "1");
    requireValue(log, meta, "node.id", Integer.toString(BrokerSettings.NODE_ID));
    for (String id : List.of("cluster.id", "directory.id")) {
      if (meta.getProperty(id, "").isBlank()) {
        throw unusable(log, META + " has no " + id);
      }
    }
    return meta.getProperty("cluster.id");
  }

  private static void requireValue(Path log, Properties meta, String key, String expected) {
    String found = meta.getProperty(key);
    if (!expected.equals(found)) {
      throw unusable(log, "%s has %s %s, %s was expected".formatted(META, key, found, expected));
    }
  }

  private static BrokerException unusable(Path log, String why) {
    return new BrokerException(
        ("%s is no data of this broker: %s; restore it, delete it to start empty, or choose another"
                + " directory with --data")
            .formatted(log, why));
  }

  private static boolean isAbsentOrEmpty(Path log) throws IOException {
    if (!Files.exists(log)) {
      return true;
    }
    try (Stream<Path> files = Files.list(log)) {
      return files.findAny().isEmpty();
    }
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
