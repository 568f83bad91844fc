package dev.headwater.event;

import static dev.headwater.Schemas.faults;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.headwater.Schemas;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the schemas, their examples and the records of the wire together. */
final class SchemasTest {
  private static final Path SCHEMAS = Path.of("schemas");
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
  private static final String FINGERPRINT = "0123456789abcdef".repeat(4);
  private static final Instant TIME = Instant.parse("2026-01-31T12:00:00.123456789Z");

  /** Nulls where optional values are absent are part of the contract, so both sides are sampled. */
  private static final List<Optional<Double>> ACCURACIES =
      List.of(Optional.empty(), Optional.of(0.0), Optional.of(0.8317), Optional.of(1.0));

  static Stream<Path> validExamples() throws IOException {
    return examples("valid-");
  }

  static Stream<Path> invalidExamples() throws IOException {
    return examples("invalid-");
  }

  static Stream<Path> validEvents() throws IOException {
    return validExamples().filter(SchemasTest::isEvent);
  }

  static Stream<Path> invalidEvents() throws IOException {
    return invalidExamples().filter(SchemasTest::isEvent);
  }

  @ParameterizedTest
  @MethodSource("validExamples")
  void shouldAcceptValidExample(Path example) throws IOException {
    assertThat(faults(nameOf(example), Files.readString(example))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("invalidExamples")
  void shouldRefuseInvalidExample(Path example) throws IOException {
    assertThat(faults(nameOf(example), Files.readString(example))).isNotEmpty();
  }

  @Test
  void shouldHaveValidAndInvalidExamplesOfEachSchema() throws IOException {
    try (var files = Files.list(SCHEMAS)) {
      for (Path schema : files.filter(Files::isRegularFile).toList()) {
        String name = schema.getFileName().toString().replace(".schema.json", "");
        assertThat(validExamples().filter(example -> nameOf(example).equals(name)))
            .as("valid examples of " + name)
            .isNotEmpty();
        assertThat(invalidExamples().filter(example -> nameOf(example).equals(name)))
            .as("invalid examples of " + name)
            .isNotEmpty();
      }
    }
  }

  @Test
  void shouldBeValidSchemasThemselves() throws IOException {
    var dialect = factory().getSchema(SchemaLocation.of(DIALECT));
    try (var files = Files.list(SCHEMAS)) {
      for (Path schema : files.filter(Files::isRegularFile).toList()) {
        assertThat(dialect.validate(Files.readString(schema), InputFormat.JSON))
            .as(schema.toString())
            .isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("validEvents")
  void shouldReadValidEvent(Path example) throws IOException, RejectedException {
    if (nameOf(example).startsWith("image-")) {
      assertThat(read(example).image()).startsWith(0x89, 'P', 'N', 'G');
    } else if (nameOf(example).equals("model-command.v1")) {
      assertThat(readRequest(example).model()).isEqualTo("parcels");
    } else {
      assertThat(readLabel(example).label()).isNotBlank();
    }
  }

  @ParameterizedTest
  @MethodSource("invalidEvents")
  void shouldRefuseToReadInvalidEvent(Path example) {
    assertThatThrownBy(
            () -> {
              if (nameOf(example).startsWith("image-")) {
                read(example);
              } else if (nameOf(example).equals("model-command.v1")) {
                readRequest(example);
              } else {
                readLabel(example);
              }
            })
        .isInstanceOf(RejectedException.class);
  }

  @Test
  void shouldTakeWhatTheSchemaDescribes() throws IOException, RejectedException {
    var event = read(SCHEMAS.resolve("examples/image-event.v1/valid-labelled.json"));

    assertThat(event.id()).isEqualTo("cam-1-0043");
    assertThat(event.model()).isEqualTo("parcels");
    assertThat(event.domain()).isEqualTo("night");
    assertThat(event.label()).contains("1");
    assertThat(event.time()).isEqualTo("2026-01-31T12:00:00Z");
  }

  @Test
  void shouldNameTheSamePropertiesAsTheRecords() throws IOException {
    assertSameNames(schema("prediction.v1"), Prediction.class);
    assertSameNames(schema("evaluation.v1"), Evaluation.class);
    assertSameNames(schema("classification.v1"), Classification.class);
    assertSameNames(definition("model-event.v1", "drift"), DriftEvent.class);
    assertSameNames(definition("model-event.v1", "life"), LifeEvent.class);
    assertSameNames(definition("model-event.v1", "paired"), LifeEvent.Paired.class);
    for (String schema : List.of("evaluation.v1", "model-status.v1")) {
      assertSameNames(definition(schema, "share"), ModelStatus.Share.class);
      assertSameNames(definition(schema, "spans"), Spans.class);
      assertSameNames(definition(schema, "metrics"), Metrics.class);
    }
    assertSameNames(definition("model-status.v1", "modelStatus"), ModelStatus.class);
  }

  @Test
  void shouldAcceptPredictionsAsWritten() throws IOException {
    assertThat(faults("prediction.v1", json(prediction(0.5, Optional.empty(), 0)))).isEmpty();
    assertThat(faults("prediction.v1", json(prediction(1e-300, Optional.of("cat"), 1)))).isEmpty();
    assertThat(faults("prediction.v1", json(prediction(1, Optional.of("dog"), Long.MAX_VALUE))))
        .isEmpty();
  }

  @Test
  void shouldAcceptClassificationsAsWritten() throws IOException {
    for (double probability : new double[] {0, 1e-300, 0.5, 1}) {
      var answer =
          new Classification("m", 1, probability, "cat", 1 - probability, 0.3, FINGERPRINT, true);
      assertThat(faults("classification.v1", json(answer))).isEmpty();
    }
  }

  @Test
  void shouldAcceptEvaluationsAsWritten() throws IOException {
    for (var accuracy : ACCURACIES) {
      var domains = Map.of("night", new ModelStatus.Share(3, accuracy, spans(accuracy)));
      var versions = Map.of(7L, new ModelStatus.Share(3, accuracy, spans(accuracy)));
      var evaluation =
          new Evaluation(
              "m",
              1,
              8,
              9,
              2,
              1,
              accuracy,
              accuracy,
              200,
              accuracy,
              spans(accuracy),
              spans(accuracy),
              versions,
              domains,
              TIME);
      assertThat(faults("evaluation.v1", json(evaluation))).isEmpty();
    }
  }

  @Test
  void shouldAcceptModelEventsAsWritten() throws IOException {
    for (var detector : DriftEvent.Detector.values()) {
      for (var loss : ACCURACIES) {
        var event =
            new DriftEvent(
                "m",
                ModelEvent.Kind.DRIFT,
                Optional.of(detector),
                loss.map(found -> "night"),
                loss,
                950,
                loss,
                42,
                11.9,
                11.5,
                992,
                1200,
                17,
                TIME,
                "answers became worse");
        assertThat(faults("model-event.v1", json(event))).isEmpty();
      }
    }
  }

  @Test
  void shouldAcceptLifeEventsAsWritten() throws IOException {
    for (var kind : ModelEvent.Kind.values()) {
      var paired = new LifeEvent.Paired(64, 0.9, 1, 0.2, 0);
      for (var compared : List.of(Optional.of(paired), Optional.<LifeEvent.Paired>empty())) {
        var event =
            new LifeEvent(
                "m", kind, compared.map(p -> "c-1"), 3, 2, 1, compared, compared, 64, TIME, "so");
        boolean isLife = kind != ModelEvent.Kind.DRIFT;
        assertThat(faults("model-event.v1", json(event)).isEmpty()).isEqualTo(isLife);
        if (isLife) {
          assertThat(Json.MAPPER.readValue(json(event), ModelEvent.class)).isEqualTo(event);
        }
      }
    }
  }

  @Test
  void shouldAcceptCommandsAsWritten() throws IOException {
    for (var action : List.of(ModelCommand.Action.PROMOTE, ModelCommand.Action.ROLLBACK)) {
      assertThat(faults("model-command.v1", json(ModelCommand.of("c-1", "m", action, 3))))
          .isEmpty();
    }
    assertThat(faults("model-command.v1", json(ModelCommand.of("c", "m", ModelCommand.Action.PIN))))
        .isEmpty();
  }

  @Test
  void shouldAcceptModelStatusesAsWritten() throws IOException {
    var models = new ArrayList<ModelStatus>();
    for (var accuracy : ACCURACIES) {
      models.add(status(accuracy));
    }
    assertThat(faults("model-status.v1", json(models))).isEmpty();
    assertThat(faults("model-status.v1", json(List.of()))).isEmpty();
  }

  private static Stream<Path> examples(String prefix) throws IOException {
    try (var files = Files.walk(SCHEMAS.resolve("examples"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .sorted()
          .toList()
          .stream();
    }
  }

  /** Whether an example is of what producers send, which is read and not only validated. */
  private static boolean isEvent(Path example) {
    return Set.of("image-event.v1", "image-cloudevent.v1", "label-event.v1", "model-command.v1")
        .contains(nameOf(example));
  }

  /** The schema that an example is of: the name of its folder. */
  private static String nameOf(Path example) {
    return example.getParent().getFileName().toString();
  }

  private static JsonSchemaFactory factory() {
    return JsonSchemaFactory.getInstance(VersionFlag.V202012);
  }

  private static JsonNode schema(String name) throws IOException {
    return Json.MAPPER.readTree(Schemas.text(name));
  }

  private static JsonNode definition(String name, String definition) throws IOException {
    return schema(name).path("$defs").path(definition);
  }

  private static void assertSameNames(JsonNode schema, Class<? extends Record> type) {
    var components = Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName);
    var expected = components.toList();
    assertThat(schema.path("properties").fieldNames())
        .toIterable()
        .as("properties of " + type.getSimpleName())
        .containsExactlyElementsOf(expected);
    assertThat(schema.path("required"))
        .extracting(JsonNode::textValue)
        .as("required of " + type.getSimpleName())
        .containsExactlyElementsOf(expected);
    assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
  }

  private static ImageEvent read(Path example) throws IOException, RejectedException {
    return ImageEventReader.read(Files.readAllBytes(example), source(example));
  }

  private static ModelRequest readRequest(Path example) throws IOException, RejectedException {
    var source =
        new RecordSource(
            "parcels".getBytes(StandardCharsets.UTF_8), new RecordHeaders(), "commands-0-1", TIME);
    return ModelRequestReader.read(Files.readAllBytes(example), source);
  }

  private static LabelEvent readLabel(Path example) throws IOException, RejectedException {
    return LabelEventReader.read(Files.readAllBytes(example), source(example));
  }

  private static RecordSource source(Path example) {
    String type =
        nameOf(example).contains("cloudevent")
            ? "application/cloudevents+json"
            : "application/json";
    var headers = new RecordHeaders();
    headers.add(ImageHeaders.CONTENT_TYPE, type.getBytes(StandardCharsets.US_ASCII));
    byte[] key = "cam-1-0043".getBytes(StandardCharsets.US_ASCII);
    return new RecordSource(key, headers, "headwater.images-0-0", TIME);
  }

  private static String json(Object value) throws IOException {
    return Json.MAPPER.writeValueAsString(value);
  }

  private static Prediction prediction(
      double probability, Optional<String> predictedClass, long version) {
    return new Prediction(
        "id",
        "m",
        "night",
        probability,
        predictedClass,
        version == 0 ? 0.5 : 0.25,
        true,
        0.5,
        version,
        FINGERPRINT,
        true,
        TIME);
  }

  private static Spans spans(Optional<Double> value) {
    var metrics = new Metrics(3, value, value, value, value, value, value);
    return new Spans(metrics, Metrics.NONE, metrics);
  }

  private static ModelStatus status(Optional<Double> accuracy) {
    return new ModelStatus(
        "m",
        accuracy.isEmpty() ? 0 : 7,
        8,
        9,
        2,
        1,
        accuracy,
        accuracy,
        200,
        accuracy,
        4,
        spans(accuracy),
        spans(accuracy),
        Map.of(7L, new ModelStatus.Share(3, accuracy, spans(accuracy))),
        Map.of("night", new ModelStatus.Share(3, accuracy, spans(accuracy))),
        List.of("no", "yes"),
        FINGERPRINT,
        false,
        1,
        false,
        PromotionPolicy.CONTINUOUS);
  }
}
