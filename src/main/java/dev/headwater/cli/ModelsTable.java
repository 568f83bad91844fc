package dev.headwater.cli;

import dev.headwater.cli.client.TextTable;
import dev.headwater.event.ModelStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The models as a table for a person: a line a model, and under it a line a domain. */
record ModelsTable(List<ModelStatus> models) {
  private static final int FINGERPRINT = 12;

  /** The table's lines; none without models. */
  List<String> lines() {
    if (models.isEmpty()) {
      return List.of();
    }
    var table =
        new TextTable(
            List.of(
                "<model",
                ">version",
                ">in service",
                "<policy",
                ">examples",
                ">predictions",
                ">prequential",
                ">window",
                ">served",
                ">log-loss",
                ">auc",
                "<backbone"));
    for (var model : models) {
      table.add(row(model));
      model.domains().forEach((name, domain) -> table.add(row(name, domain)));
    }
    var notes = models.stream().flatMap(ModelsTable::notes);
    return Stream.concat(table.lines().stream(), notes).toList();
  }

  private static Stream<String> notes(ModelStatus model) {
    var notes = new ArrayList<String>();
    if (model.repeated() > 0) {
      notes.add(
          "model %s: sent again and not counted again: %d"
              .formatted(model.model(), model.repeated()));
    }
    if (model.corrected() > 0) {
      notes.add("model %s: labels corrected: %d".formatted(model.model(), model.corrected()));
    }
    if (model.reducedQuality()) {
      notes.add(
          "REDUCED QUALITY: model %s runs on a stand-in backbone, not the ImageNet weights"
              .formatted(model.model()));
    }
    return notes.stream();
  }

  private static List<String> row(ModelStatus model) {
    var fingerprint = model.backbone() == null ? "" : model.backbone().replace("sha256:", "");
    return List.of(
        "%s (%s)".formatted(model.model(), String.join(" / ", model.classes())),
        Long.toString(model.version()),
        model.servedVersion() == 0 ? "-" : Long.toString(model.servedVersion()),
        policy(model),
        Long.toString(model.examples()),
        Long.toString(model.predictions()),
        number(model.accuracy()),
        number(model.windowAccuracy()),
        number(model.servedAccuracy()),
        number(model.trained().window().logLoss()),
        number(model.trained().window().auc()),
        fingerprint.substring(0, Math.min(FINGERPRINT, fingerprint.length()))
            + (model.reducedQuality() ? " REDUCED QUALITY" : ""));
  }

  private static List<String> row(String name, ModelStatus.Share domain) {
    return List.of(
        "  " + name,
        "",
        "",
        "",
        Long.toString(domain.examples()),
        "",
        number(domain.accuracy()),
        number(domain.metrics().window().accuracy()),
        "",
        number(domain.metrics().window().logLoss()),
        number(domain.metrics().window().auc()),
        "");
  }

  /** A service of an older build tells none. */
  private static String policy(ModelStatus model) {
    String name = model.policy() == null ? "-" : model.policy().wireName();
    return model.pinned() ? name + ", pinned" : name;
  }

  private static String number(Optional<Double> measure) {
    return measure.map(value -> String.format(Locale.ROOT, "%.3f", value)).orElse("-");
  }
}
