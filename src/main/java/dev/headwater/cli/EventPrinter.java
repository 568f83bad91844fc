package dev.headwater.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.headwater.cli.client.Console;
import dev.headwater.event.Json;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Prints model events as sentences or as JSON lines, until enough or nobody reads.
 *
 * <p>Kinds that this build does not know are printed like any other: what a person needs is the
 * sentence.
 */
final class EventPrinter implements Predicate<ConsumerRecords<byte[], byte[]>> {
  private final Console console;
  private final boolean json;
  private final Optional<String> model;
  private final OptionalLong max;
  private long printed;
  private long unreadable;

  EventPrinter(Console console, boolean json, Optional<String> model, OptionalLong max) {
    this.console = console;
    this.json = json;
    this.model = model;
    this.max = max;
  }

  @Override
  public boolean test(ConsumerRecords<byte[], byte[]> batch) {
    for (var found : batch) {
      if (!wantsMore()) {
        return false;
      }
      print(found);
    }
    return !console.out().checkError() && wantsMore();
  }

  private boolean wantsMore() {
    return max.isEmpty() || printed < max.getAsLong();
  }

  private void print(ConsumerRecord<byte[], byte[]> found) {
    JsonNode event = read(found);
    if (!event.path("message").isTextual()) {
      unreadable++;
      console.say(
          "%s partition %d offset %d is not a model event: left out"
              .formatted(found.topic(), found.partition(), found.offset()));
      return;
    }
    if (model.isPresent() && !model.get().equals(event.path("model").asText())) {
      return;
    }
    if (json) {
      console.out().write(found.value(), 0, found.value().length);
      console.out().write('\n');
    } else {
      console.out().println(row(event));
    }
    printed++;
  }

  private static JsonNode read(ConsumerRecord<byte[], byte[]> found) {
    try {
      return found.value() == null ? Json.MAPPER.nullNode() : Json.MAPPER.readTree(found.value());
    } catch (IOException e) {
      return Json.MAPPER.nullNode();
    }
  }

  private static String row(JsonNode event) {
    return "%-24s  %-8s  %-12s  %s"
        .formatted(
            event.path("time").asText(),
            event.path("kind").asText(),
            event.path("detector").asText("-"),
            event.path("message").asText());
  }

  /** Says that there are none, if so; nothing in JSON form. */
  void finish() {
    if (!json && printed == 0) {
      console.say("no events yet" + model.map(name -> " of model " + name).orElse(""));
    }
    console.out().flush();
  }

  /** How many records were no events. */
  long unreadable() {
    return unreadable;
  }
}
