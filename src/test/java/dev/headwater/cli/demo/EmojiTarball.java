package dev.headwater.cli.demo;

import dev.headwater.event.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes small packages of the form that the demo reads. */
final class EmojiTarball {
  private static final String DISC = "<circle cx='16' cy='16' r='15' fill='%s'/>";

  private EmojiTarball() {}

  /** A package with two foods, two animals, and what must be left out. */
  static void write(Path file, String fill) throws IOException {
    var icons = new LinkedHashMap<String, Object>();
    for (var name :
        List.of("taco", "apple", "cat", "dog", "rose", "spoon", "crab", "rocket", "wide")) {
      icons.put(name, Map.of("body", DISC.formatted(fill)));
    }
    icons.put("wide", Map.of("body", DISC.formatted(fill), "width", 64, "left", -16));
    var categories =
        Map.of(
            "Food & Drink", List.of("taco", "apple", "spoon", "crab"),
            "Animals & Nature", List.of("cat", "dog", "rose", "wide"),
            "Travel & Places", List.of("rocket"));
    try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
      add(tar, "package/icons.json", Map.of("icons", icons, "width", 32, "height", 32));
      add(tar, "package/metadata.json", Map.of("categories", categories));
    }
  }

  private static void add(TarArchiveOutputStream tar, String name, Object json) throws IOException {
    byte[] bytes = Json.MAPPER.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
    var entry = new TarArchiveEntry(name);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }
}
