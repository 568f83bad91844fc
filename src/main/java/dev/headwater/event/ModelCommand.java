package dev.headwater.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A command to a model; the value on the {@code commands} topic, as in {@code
 * schemas/model-command.v1.schema.json}.
 *
 * @param id makes the command idempotent: one that was carried out is confirmed again, not done
 *     again
 * @param model the model's name
 * @param action what to do; on the wire {@code command}
 * @param version which version; empty where the action needs none
 * @param threshold a probability between 0 and 1, {@code best-f1}, {@code precision>=0.9}, or
 *     {@code configured}; for {@code threshold}
 * @param policy {@code continuous}, {@code gated}, {@code manual} or {@code configured}; for {@code
 *     policy}
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ModelCommand(
    String id,
    String model,
    @JsonProperty("command") Action action,
    Optional<Long> version,
    Optional<String> threshold,
    Optional<String> policy)
    implements ModelRequest {

  /** What can be done. */
  public enum Action {
    /** Put a kept version into service. */
    PROMOTE,
    /** Put an earlier version into service, and keep it there. */
    ROLLBACK,
    /** Keep the version in service where it is, whatever the policy says. */
    PIN,
    /** Let the policy decide again. */
    UNPIN,
    /** Forget what was learnt and begin anew; the version in service stays. */
    RESET,
    /** Decide from another probability on. */
    THRESHOLD,
    /** Promote by another policy. */
    POLICY;

    /** The name on the wire, such as {@code rollback}. */
    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException if it is none
     */
    @JsonCreator
    public static Action parse(String text) {
      return Arrays.stream(values())
          .filter(action -> action.wireName().equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "command '%s', expected one of %s"
                          .formatted(
                              Fields.shorten(text),
                              Arrays.stream(values())
                                  .map(Action::wireName)
                                  .collect(Collectors.joining(", ")))));
    }
  }

  /** Returns a command that needs nothing but the model. */
  public static ModelCommand of(String id, String model, Action action) {
    return new ModelCommand(
        id, model, action, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Returns a command about one version. */
  public static ModelCommand of(String id, String model, Action action, long version) {
    return new ModelCommand(
        id, model, action, Optional.of(version), Optional.empty(), Optional.empty());
  }
}
