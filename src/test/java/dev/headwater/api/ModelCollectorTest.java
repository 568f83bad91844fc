package dev.headwater.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.event.Metrics;
import dev.headwater.event.ModelStatus;
import dev.headwater.event.ModelStatus.Share;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.event.Spans;
import dev.headwater.stream.AdaptationStreams.NotReadyException;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.CollectorRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a scrape of the registry that the service has says of the models. */
class ModelCollectorTest {
  private final CollectorRegistry collectors = new CollectorRegistry(true);
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, collectors, Clock.SYSTEM);
  private List<ModelStatus> models = List.of();

  @BeforeEach
  void register() {
    collectors.register(new ModelCollector(() -> models));
  }

  private static Metrics metrics(double value) {
    var some = Optional.of(value);
    return new Metrics(40, some, Optional.of(2 + value), some, Optional.empty(), some, some);
  }

  private static ModelStatus model(String name) {
    var trained = new Spans(metrics(0.75), metrics(0.8), metrics(0.85));
    var day = new Spans(metrics(0.5), metrics(0.55), Metrics.NONE);
    return model(name, trained, new Spans(metrics(0.6), Metrics.NONE, metrics(0.65)), day);
  }

  static ModelStatus model(String name, Spans trained, Spans served, Spans day) {
    return new ModelStatus(
        name,
        7,
        40,
        50,
        3,
        1,
        Optional.of(0.75),
        Optional.of(0.8),
        200,
        Optional.of(0.6),
        30,
        trained,
        served,
        Map.of(),
        Map.of("day \"1\"", new Share(40, Optional.of(0.5), day)),
        List.of("no", "yes"),
        "b",
        false,
        1,
        false,
        PromotionPolicy.CONTINUOUS);
  }

  @Test
  void shouldTellEachModelsMeasuresByHeadAndSpan() {
    models = List.of(model("parcels"), model("animals"));
    assertThat(registry.scrape().lines())
        .contains(
            "# TYPE headwater_model_accuracy gauge",
            "headwater_model_accuracy{model=\"parcels\",head=\"trained\",span=\"overall\",} 0.75",
            "headwater_model_accuracy{model=\"parcels\",head=\"trained\",span=\"window\",} 0.8",
            "headwater_model_accuracy{model=\"parcels\",head=\"served\",span=\"fading\",} 0.65",
            "headwater_model_log_loss{model=\"animals\",head=\"trained\",span=\"fading\",} 2.85",
            "headwater_model_calibration_error{model=\"animals\",head=\"served\",span=\"overall\",}"
                + " 0.6",
            "headwater_model_version{model=\"parcels\",} 7.0",
            "# TYPE headwater_model_examples_total counter",
            "headwater_model_examples_total{model=\"parcels\",} 40.0",
            "headwater_model_predictions_total{model=\"animals\",} 50.0",
            "headwater_model_served_examples_total{model=\"animals\",} 30.0");
  }

  @Test
  void shouldTellOfEachDomainWhateverItIsCalled() {
    models = List.of(model("parcels"));
    assertThat(registry.scrape().lines())
        .contains(
            "headwater_domain_auc{model=\"parcels\",domain=\"day \\\"1\\\"\",span=\"window\",}"
                + " 0.55");
  }

  @Test
  void shouldLeaveOutWhatIsNotDefined() {
    models = List.of(model("parcels"));
    assertThat(registry.scrape())
        .doesNotContain("headwater_model_f1{", "NaN", "head=\"served\",span=\"window\"");
  }

  @Test
  void shouldForgetAModelThatHasGone() {
    models = List.of(model("parcels"));
    assertThat(registry.scrape()).contains("parcels");
    models = List.of(model("animals"));
    assertThat(registry.scrape()).contains("animals").doesNotContain("parcels");
  }

  @Test
  void shouldLeaveAGapWhileTheStateIsNotReadable() {
    var moving = new CollectorRegistry(true);
    moving.register(
        new ModelCollector(
            () -> {
              throw new NotReadyException("rebalancing");
            }));
    var scraped =
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, moving, Clock.SYSTEM).scrape();
    assertThat(scraped.lines()).isNotEmpty().allMatch(line -> line.startsWith("#"));
  }

  @Test
  void shouldNotBeTakenForAnotherCollectorOfTheSameNames() {
    assertThatThrownBy(() -> collectors.register(new ModelCollector(List::of)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
