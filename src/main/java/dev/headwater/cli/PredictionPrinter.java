package dev.headwater.cli;

import dev.headwater.cli.client.Console;
import dev.headwater.event.Json;
import dev.headwater.event.Prediction;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Prints predictions as aligned columns or as JSON lines, until enough or nobody reads. */
final class PredictionPrinter implements Predicate<ConsumerRecords<byte[], byte[]>> {
  private static final String HEADING =
      "%-20s  %-36s  %-10s  %-12s  %-12s  %11s  %7s"
          .formatted("time", "image", "model", "domain", "class", "probability", "version");
  private static final String GREEN = "\u001b[32m";
  private static final String DIM = "\u001b[2m";
  private static final String PLAIN = "\u001b[0m";

  private final Console console;
  private final boolean json;
  private final Optional<String> model;
  private final boolean needsLabel;
  private final OptionalLong max;
  private long printed;
  private long labelless;
  private long unreadable;
  private boolean reducedQuality;

  /**
   * @param model prints predictions of this one only
   * @param needsLabel prints those only whose image is worth a label
   */
  PredictionPrinter(
      Console console, boolean json, Optional<String> model, boolean needsLabel, OptionalLong max) {
    this.console = console;
    this.json = json;
    this.model = model;
    this.needsLabel = needsLabel;
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
    // checkError flushes, and tells of a closed pipe: "headwater predictions | head" ends quietly.
    return !console.out().checkError() && wantsMore();
  }

  private boolean wantsMore() {
    return max.isEmpty() || printed < max.getAsLong();
  }

  private void print(ConsumerRecord<byte[], byte[]> found) {
    Prediction prediction;
    try {
      prediction = Json.MAPPER.readValue(found.value(), Prediction.class);
    } catch (IOException | IllegalArgumentException e) {
      unreadable++;
      console.say(
          "%s partition %d offset %d is not a prediction: left out"
              .formatted(found.topic(), found.partition(), found.offset()));
      return;
    }
    if (!isWanted(prediction)) {
      return;
    }
    if (json) {
      console.out().write(found.value(), 0, found.value().length);
      console.out().write('\n');
    } else {
      printRow(prediction);
    }
    reducedQuality |= prediction.reducedQuality();
    printed++;
  }

  private boolean isWanted(Prediction prediction) {
    boolean ofModel = model.isEmpty() || model.get().equals(prediction.model());
    if (ofModel && needsLabel && !prediction.needsLabel()) {
      labelless++;
      return false;
    }
    return ofModel;
  }

  private void printRow(Prediction prediction) {
    if (printed == 0) {
      console.out().println(HEADING);
    }
    console
        .out()
        .println(
            String.format(
                Locale.ROOT,
                "%-20s  %-36s  %-10s  %-12s  %s  %11.4f  %7d",
                prediction.time().truncatedTo(ChronoUnit.SECONDS),
                prediction.imageId(),
                prediction.model(),
                prediction.domain(),
                coloured(prediction),
                prediction.probability(),
                prediction.snapshotVersion()));
  }

  private String coloured(Prediction prediction) {
    var text = "%-12s".formatted(prediction.predictedClass().orElse("(untrained)"));
    if (!console.colourful()) {
      return text;
    }
    boolean positive =
        prediction.predictedClass().isPresent()
            && prediction.probability() >= prediction.threshold();
    return (positive ? GREEN : DIM) + text + PLAIN;
  }

  /** Says what a person should know of the whole; nothing in JSON form. */
  void finish() {
    if (!json && printed == 0) {
      console.say(whyNone());
    }
    if (!json && reducedQuality) {
      console.say("REDUCED QUALITY: some predictions were made on a stand-in backbone");
    }
    console.out().flush();
  }

  private String whyNone() {
    String of = model.map(name -> " of model " + name).orElse("");
    return labelless == 0
        ? "no predictions yet" + of
        : "none of %d predictions%s asks for a label; images that bring theirs never do"
            .formatted(labelless, of);
  }

  /** How many records were no predictions. */
  long unreadable() {
    return unreadable;
  }
}
