package dev.headwater.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.headwater.cli.client.Console;
import dev.headwater.cli.client.RecordPrinter;
import dev.headwater.event.Json;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Prints model events as sentences or as JSON lines, until enough or nobody reads.
 *
 * <p>Kinds that this build does not know are printed like any other: what a person needs is the
 * sentence.
 */
final class EventPrinter extends RecordPrinter<JsonNode> {
  EventPrinter(Console console, boolean json, Optional<String> model, OptionalLong max) {
    super(console, json, model, max);
  }

  @Override
  protected String kind() {
    return "a model event";
  }

  @Override
  protected Optional<JsonNode> read(ConsumerRecord<byte[], byte[]> found) {
    try {
      return Optional.ofNullable(found.value() == null ? null : Json.MAPPER.readTree(found.value()))
          .filter(event -> event.path("message").isTextual());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  protected String modelOf(JsonNode event) {
    return event.path("model").asText();
  }

  @Override
  protected void printRow(JsonNode event, boolean first) {
    console.out().println(row(event));
  }

  @Override
  protected String whyNone() {
    return "no events yet" + model.map(name -> " of model " + name).orElse("");
  }

  private static String row(JsonNode event) {
    return "%-24s  %-17s  %-12s  %s"
        .formatted(
            event.path("time").asText(),
            event.path("kind").asText(),
            event.path("detector").asText("-"),
            event.path("message").asText());
  }
}
