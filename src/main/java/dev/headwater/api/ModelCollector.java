package dev.headwater.api;

import dev.headwater.event.Metrics;
import dev.headwater.event.ModelStatus;
import dev.headwater.event.Spans;
import dev.headwater.stream.AdaptationStreams.NotReadyException;
import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Model metrics for Prometheus. Each scrape reads the learners' state: a model that moves to
 * another instance is reported by that one, and nothing is left of a model that is gone. Metrics
 * that are not defined yet are left out.
 */
final class ModelCollector extends Collector implements Collector.Describable {
  private static final String MODEL = "model";

  /** One measure, over the answers of any kind. */
  private record Measure(String name, String help, Function<Metrics, Optional<Double>> of) {}

  private static final List<Measure> MEASURES =
      List.of(
          new Measure("accuracy", "Share of correct predictions.", Metrics::accuracy),
          new Measure(
              "log_loss", "Mean negative log-likelihood of the labels in nats.", Metrics::logLoss),
          new Measure("auc", "Area under the ROC curve.", Metrics::auc),
          new Measure("f1", "F1 score of the positive class.", Metrics::f1),
          new Measure(
              "brier", "Brier score: mean squared error of the probability.", Metrics::brier),
          new Measure(
              "calibration_error",
              "Expected calibration error in ten bins.",
              Metrics::calibrationError));

  private final Supplier<List<ModelStatus>> models;

  ModelCollector(Supplier<List<ModelStatus>> models) {
    this.models = models;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    return families(readable());
  }

  @Override
  public List<MetricFamilySamples> describe() {
    return families(List.of());
  }

  /** While state moves there is a gap in the series, and no failed scrape. */
  private List<ModelStatus> readable() {
    try {
      return models.get();
    } catch (NotReadyException e) {
      return List.of();
    }
  }

  private static List<MetricFamilySamples> families(List<ModelStatus> models) {
    var families = new ArrayList<MetricFamilySamples>();
    families.add(version(models));
    families.add(counter(models, "examples", "Labelled images learnt.", ModelStatus::examples));
    families.add(counter(models, "predictions", "Images predicted.", ModelStatus::predictions));
    families.add(
        counter(
            models,
            "repeated",
            "Images sent again under an id that was seen before.",
            ModelStatus::repeated));
    families.add(
        counter(
            models,
            "corrected",
            "Labels corrected after they had been learnt.",
            ModelStatus::corrected));
    families.add(
        counter(
            models,
            "served_examples",
            "Labelled images that had been predicted by a trained head.",
            ModelStatus::servedExamples));
    MEASURES.forEach(measure -> families.add(byHead(models, measure)));
    MEASURES.forEach(measure -> families.add(byDomain(models, measure)));
    return families;
  }

  private static MetricFamilySamples version(List<ModelStatus> models) {
    var family =
        new GaugeMetricFamily(
            "headwater_model_version", "Version of the newest snapshot.", List.of(MODEL));
    models.forEach(model -> family.addMetric(List.of(model.model()), model.version()));
    return family;
  }

  private static MetricFamilySamples counter(
      List<ModelStatus> models, String name, String help, ToLongFunction<ModelStatus> count) {
    var family = new CounterMetricFamily("headwater_model_" + name, help, List.of(MODEL));
    models.forEach(model -> family.addMetric(List.of(model.model()), count.applyAsLong(model)));
    return family;
  }

  private static MetricFamilySamples byHead(List<ModelStatus> models, Measure measure) {
    var family =
        new GaugeMetricFamily(
            "headwater_model_" + measure.name(),
            measure.help() + " Of the head in training or of published predictions.",
            List.of(MODEL, "head", "span"));
    for (var model : models) {
      add(family, measure, model.model(), "trained", model.trained());
      add(family, measure, model.model(), "served", model.served());
    }
    return family;
  }

  private static MetricFamilySamples byDomain(List<ModelStatus> models, Measure measure) {
    var family =
        new GaugeMetricFamily(
            "headwater_domain_" + measure.name(),
            measure.help() + " Of the head in training, on one domain.",
            List.of(MODEL, "domain", "span"));
    for (var model : models) {
      model
          .domains()
          .forEach((name, share) -> add(family, measure, model.model(), name, share.metrics()));
    }
    return family;
  }

  private static void add(
      GaugeMetricFamily family, Measure measure, String model, String of, Spans spans) {
    add(family, List.of(model, of, "overall"), measure.of().apply(spans.overall()));
    add(family, List.of(model, of, "window"), measure.of().apply(spans.window()));
    add(family, List.of(model, of, "fading"), measure.of().apply(spans.fading()));
  }

  private static void add(GaugeMetricFamily family, List<String> labels, Optional<Double> value) {
    value.ifPresent(number -> family.addMetric(labels, number));
  }
}
