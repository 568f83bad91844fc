package dev.headwater.cli.demo;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.headwater.backbone.Tarball;
import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.event.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Reads the emoji that have a class from an Iconify package's tarball, without unpacking it. */
record IconifyTarball(Path file) {
  private static final int DEFAULT_SIZE = 16;

  /** The emoji in alphabetical order. */
  List<EmojiIcon> icons() {
    try {
      var classes = EmojiClasses.of(categories());
      try (var entry = Tarball.open(file, "package/icons.json");
          var parser = Json.MAPPER.createParser(entry)) {
        return read(parser, classes);
      }
    } catch (IOException e) {
      throw new CommandFailedException(
          "cannot read the emoji in %s: %s; delete the file to have it fetched again"
              .formatted(file, e),
          e);
    }
  }

  private Map<String, List<String>> categories() throws IOException {
    try (var entry = Tarball.open(file, "package/metadata.json")) {
      var categories = Json.MAPPER.readTree(entry).path("categories");
      return Json.MAPPER.convertValue(
          categories, new TypeReference<Map<String, List<String>>>() {});
    }
  }

  /** Streams through the file, since a vendor's drawings are up to 25 MB and few are wanted. */
  private static List<EmojiIcon> read(JsonParser parser, Map<String, String> classes)
      throws IOException {
    var found = new ArrayList<Named>();
    int width = DEFAULT_SIZE;
    int height = DEFAULT_SIZE;
    parser.nextToken();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "icons" -> readIcons(parser, classes, found);
        case "width" -> width = parser.getIntValue();
        case "height" -> height = parser.getIntValue();
        default -> parser.skipChildren();
      }
    }
    var icons = new ArrayList<EmojiIcon>();
    for (var one : found) {
      icons.add(one.icon(classes.get(one.name()), width, height));
    }
    icons.sort(Comparator.comparing(EmojiIcon::name));
    return icons;
  }

  private static void readIcons(JsonParser parser, Map<String, String> classes, List<Named> found)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      if (classes.containsKey(name)) {
        JsonNode node = parser.readValueAsTree();
        found.add(new Named(name, node));
      } else {
        parser.skipChildren();
      }
    }
  }

  private record Named(String name, JsonNode node) {
    private EmojiIcon icon(String className, int width, int height) {
      var viewBox =
          "%d %d %d %d"
              .formatted(
                  node.path("left").asInt(0),
                  node.path("top").asInt(0),
                  node.path("width").asInt(width),
                  node.path("height").asInt(height));
      return new EmojiIcon(name, className, node.path("body").asText(), viewBox);
    }
  }
}
