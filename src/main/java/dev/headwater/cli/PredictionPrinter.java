package dev.headwater.cli;

import dev.headwater.cli.client.Console;
import dev.headwater.cli.client.RecordPrinter;
import dev.headwater.event.Json;
import dev.headwater.event.Prediction;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Prints predictions as aligned columns or as JSON lines. */
final class PredictionPrinter extends RecordPrinter<Prediction> {
  private static final String HEADING =
      "%-20s  %-36s  %-10s  %-12s  %-12s  %11s  %7s"
          .formatted("time", "image", "model", "domain", "class", "probability", "version");
  private static final String GREEN = "\u001b[32m";
  private static final String DIM = "\u001b[2m";
  private static final String PLAIN = "\u001b[0m";

  private final boolean needsLabel;
  private long labelless;
  private boolean reducedQuality;

  /**
   * @param model prints predictions of this one only
   * @param needsLabel prints those only whose image is worth a label
   */
  PredictionPrinter(
      Console console, boolean json, Optional<String> model, boolean needsLabel, OptionalLong max) {
    super(console, json, model, max);
    this.needsLabel = needsLabel;
  }

  @Override
  protected String kind() {
    return "a prediction";
  }

  @Override
  protected Optional<Prediction> read(ConsumerRecord<byte[], byte[]> found) {
    try {
      return Optional.ofNullable(Json.MAPPER.readValue(found.value(), Prediction.class));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  protected String modelOf(Prediction prediction) {
    return prediction.model();
  }

  @Override
  protected boolean isWanted(Prediction prediction) {
    if (needsLabel && !prediction.needsLabel()) {
      labelless++;
      return false;
    }
    reducedQuality |= prediction.reducedQuality();
    return true;
  }

  @Override
  protected void printRow(Prediction prediction, boolean first) {
    if (first) {
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

  @Override
  protected void finish(boolean none) {
    super.finish(none);
    if (reducedQuality) {
      console.say("REDUCED QUALITY: some predictions were made on a stand-in backbone");
    }
  }

  @Override
  protected String whyNone() {
    String of = model.map(name -> " of model " + name).orElse("");
    return labelless == 0
        ? "no predictions yet" + of
        : "none of %d predictions%s asks for a label; images sent with a label never do"
            .formatted(labelless, of);
  }
}
