package dev.headwater.event;

import static dev.headwater.event.ErrorCode.EVENT_EMPTY;
import static dev.headwater.event.ErrorCode.EVENT_FIELD_INVALID;
import static dev.headwater.event.ErrorCode.EVENT_MALFORMED;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.headwater.event.ModelCommand.Action;
import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonCloudEventData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * Reads what records on the {@code commands} topic ask for: a command as JSON ({@code
 * schemas/model-command.v1.schema.json}), plain or as a CloudEvent's data, or a safetensors file to
 * import.
 *
 * <p>The model is named by {@code model} or {@code ce_model}, else by the record's key.
 */
public final class ModelRequestReader {
  /** The CloudEvents type of a command. */
  public static final String TYPE = "dev.headwater.command.v1";

  /** Most bytes of a command; one takes some hundred. */
  public static final int LARGEST_COMMAND = 64 << 10;

  /** A field that is not known may be a misspelt one, without which another thing is asked for. */
  private static final List<String> FIELDS =
      List.of("id", "model", "command", "version", "threshold", "policy");

  private static final int LONGEST_ARGUMENT = 32;

  private static final String OCTETS = "application/octet-stream";

  private ModelRequestReader() {}

  /**
   * Returns what a record asks for.
   *
   * @throws RejectedException if that cannot be told
   */
  public static ModelRequest read(byte[] value, RecordSource source) throws RejectedException {
    if (value == null || value.length == 0) {
      throw new RejectedException(
          EVENT_EMPTY, "record %s has no value, expected a command".formatted(source.position()));
    }
    if (EventJson.isBinaryMode(source.headers())) {
      Fields.requireVersion(source.headers());
      requireType(source);
    }
    if (isFile(value, source)) {
      requireSize(value, SnapshotImport.LARGEST, "a snapshot", source);
      return new SnapshotImport(
          id(Optional.empty(), source), model(Optional.empty(), source), value);
    }
    if (!EventJson.isJson(value, source.headers())) {
      throw new RejectedException(
          EVENT_MALFORMED,
          "record %s is neither a JSON object nor a safetensors file, expected a command or a snapshot to import"
              .formatted(source.position()));
    }
    requireSize(value, LARGEST_COMMAND, "a command", source);
    var event = EventJson.object(value, source);
    return EventJson.isStructured(event, source.headers())
        ? structured(EventJson.cloudEvent(event, source), source)
        : command(event, source);
  }

  private static void requireType(RecordSource source) throws RejectedException {
    var type = Fields.header(source.headers(), ImageHeaders.TYPE);
    if (type.isPresent() && !type.get().equals(SnapshotImport.TYPE)) {
      Fields.requireType(type.get(), TYPE);
    }
  }

  private static void requireSize(byte[] value, int most, String what, RecordSource source)
      throws RejectedException {
    if (value.length > most) {
      throw new RejectedException(
          EVENT_MALFORMED,
          "record %s has %d bytes, expected %s of at most %d"
              .formatted(source.position(), value.length, what, most));
    }
  }

  /** Whether a record says that it is a file, or looks like one of safetensors. */
  private static boolean isFile(byte[] value, RecordSource source) {
    var type = Fields.header(source.headers(), ImageHeaders.TYPE);
    var contentType = Fields.header(source.headers(), ImageHeaders.CONTENT_TYPE);
    if (type.isPresent()) {
      return type.get().equals(SnapshotImport.TYPE);
    }
    if (contentType.isPresent()) {
      return contentType.get().equals(OCTETS);
    }
    if (value.length <= Long.BYTES) {
      return false;
    }
    long header = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return header > 0 && header <= value.length - Long.BYTES && value[Long.BYTES] == '{';
  }

  private static ModelCommand structured(CloudEvent event, RecordSource source)
      throws RejectedException {
    Fields.requireType(event.getType(), TYPE);
    if (event.getData() instanceof JsonCloudEventData data && data.getNode().isObject()) {
      return command(data.getNode(), source, Optional.of(event.getId()));
    }
    throw new RejectedException(
        EVENT_MALFORMED,
        "CloudEvent %s has no object as 'data', expected one as in model-command.v1.schema.json"
            .formatted(Fields.shorten(event.getId())));
  }

  private static ModelCommand command(JsonNode event, RecordSource source)
      throws RejectedException {
    return command(event, source, Optional.empty());
  }

  private static ModelCommand command(JsonNode event, RecordSource source, Optional<String> eventId)
      throws RejectedException {
    var id = EventJson.text(event, "id").or(() -> eventId);
    return command(event, id(id, source), model(EventJson.text(event, "model"), source));
  }

  /**
   * Reads a command whose id and model are known.
   *
   * @throws RejectedException if it is none
   */
  static ModelCommand command(JsonNode event, String id, String model) throws RejectedException {
    for (var names = event.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!FIELDS.contains(name)) {
        throw invalid(
            "a command has no field '%s', expected %s".formatted(Fields.shorten(name), FIELDS));
      }
    }
    var command =
        new ModelCommand(
            id,
            model,
            action(event),
            version(event),
            EventJson.textOrNumber(event, "threshold"),
            EventJson.text(event, "policy"));
    requireArguments(command);
    requireShort("threshold", command.threshold());
    requireShort("policy", command.policy());
    return command;
  }

  /**
   * Reads a command that was read before and written anew, with its id and its model.
   *
   * @throws RejectedException if it is none
   */
  public static ModelCommand readAgain(JsonNode event) throws RejectedException {
    return command(
        event, idOf(EventJson.text(event, "id")), modelOf(EventJson.text(event, "model")));
  }

  /**
   * Returns an import that was read before, if its id and model may be such.
   *
   * @throws RejectedException if they may not
   */
  public static SnapshotImport readAgain(String id, String model, byte[] file)
      throws RejectedException {
    return new SnapshotImport(idOf(Optional.of(id)), modelOf(Optional.of(model)), file);
  }

  private static String idOf(Optional<String> id) throws RejectedException {
    if (id.isEmpty()) {
      throw invalid("the command has no 'id'");
    }
    return Fields.commandId(id.get());
  }

  private static String modelOf(Optional<String> model) throws RejectedException {
    if (model.isEmpty()) {
      throw invalid("the command has no 'model'");
    }
    return Fields.model(model);
  }

  private static void requireShort(String name, Optional<String> value) throws RejectedException {
    if (value.isPresent() && value.get().length() > LONGEST_ARGUMENT) {
      throw invalid(
          "%s is '%s' (%d characters), expected at most %d"
              .formatted(
                  name, Fields.shorten(value.get()), value.get().length(), LONGEST_ARGUMENT));
    }
  }

  private static Action action(JsonNode event) throws RejectedException {
    var name = EventJson.text(event, "command");
    if (name.isEmpty()) {
      throw invalid("the command has no 'command', expected what to do");
    }
    try {
      return Action.parse(name.get());
    } catch (IllegalArgumentException e) {
      throw new RejectedException(EVENT_FIELD_INVALID, e.getMessage(), e);
    }
  }

  private static Optional<Long> version(JsonNode event) throws RejectedException {
    var version = event.path("version");
    if (version.isMissingNode() || version.isNull()) {
      return Optional.empty();
    }
    if (!version.isIntegralNumber() || !version.canConvertToLong() || version.longValue() < 1) {
      throw invalid(
          "version is %s, expected a whole number from 1 on"
              .formatted(Fields.shorten(version.toString())));
    }
    return Optional.of(version.longValue());
  }

  /** Too much is refused as too little is: who says more than a command takes means another. */
  private static void requireArguments(ModelCommand command) throws RejectedException {
    var action = command.action();
    boolean mayHaveVersion = action == Action.PROMOTE || action == Action.ROLLBACK;
    require(action, "version", command.version(), mayHaveVersion, action == Action.PROMOTE);
    boolean isThreshold = action == Action.THRESHOLD;
    require(action, "threshold", command.threshold(), isThreshold, isThreshold);
    boolean isPolicy = action == Action.POLICY;
    require(action, "policy", command.policy(), isPolicy, isPolicy);
  }

  private static void require(
      Action action, String name, Optional<?> value, boolean isAllowed, boolean isNeeded)
      throws RejectedException {
    if (value.isPresent() && !isAllowed) {
      throw invalid("command %s takes no '%s'".formatted(action.wireName(), name));
    }
    if (value.isEmpty() && isNeeded) {
      throw invalid("command %s needs '%s'".formatted(action.wireName(), name));
    }
  }

  private static String id(Optional<String> id, RecordSource source) throws RejectedException {
    var named = id.or(() -> Fields.header(source.headers(), ImageHeaders.ID));
    return named.isPresent() ? Fields.commandId(named.get()) : source.position();
  }

  private static String model(Optional<String> model, RecordSource source)
      throws RejectedException {
    Optional<String> key =
        source.key() == null || source.key().length == 0
            ? Optional.empty()
            : Optional.of(new String(source.key(), UTF_8));
    var named = model.or(() -> Fields.header(source.headers(), ImageHeaders.MODEL));
    if (named.isPresent() && key.isPresent() && !named.equals(key)) {
      throw invalid(
          "record %s has the key '%s' and is about model '%s', expected the same"
              .formatted(
                  source.position(), Fields.shorten(key.get()), Fields.shorten(named.get())));
    }
    if (named.isEmpty() && key.isEmpty()) {
      throw invalid(
          "record %s names no model, expected 'model' or the model's name as the record's key"
              .formatted(source.position()));
    }
    return Fields.model(named.or(() -> key));
  }

  private static RejectedException invalid(String message) {
    return new RejectedException(EVENT_FIELD_INVALID, message);
  }
}
