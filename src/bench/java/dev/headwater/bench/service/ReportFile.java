package dev.headwater.bench.service;

import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.event.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes what a benchmark found as JSON. */
final class ReportFile {
  private ReportFile() {}

  /**
   * @param file null for none
   */
  static void write(Path file, Object report) {
    if (file == null) {
      return;
    }
    try {
      Files.writeString(
          file, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(report));
    } catch (IOException e) {
      throw new CommandFailedException("cannot write %s: %s".formatted(file, e), e);
    }
  }
}
