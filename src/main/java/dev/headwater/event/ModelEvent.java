package dev.headwater.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/**
 * Something that happened to a model and that a person may want to know; the value on the {@code
 * model-events} topic.
 */
@JsonTypeInfo(
    use = JsonTypeInfo.Id.NAME,
    include = JsonTypeInfo.As.EXISTING_PROPERTY,
    property = "kind",
    visible = true,
    defaultImpl = LifeEvent.class)
@JsonSubTypes(@JsonSubTypes.Type(value = DriftEvent.class, name = "drift"))
public sealed interface ModelEvent permits DriftEvent, LifeEvent {
  /** The model's name. */
  String model();

  /** What happened. */
  Kind kind();

  /** Of the input at which it happened. */
  Instant time();

  /** The same as a sentence. */
  String message();

  /** What happened. Readers should pass over kinds that they do not know. */
  enum Kind {
    /** Predictions became worse, or images look different. */
    @JsonProperty("drift")
    DRIFT,
    /** A version came into service. */
    @JsonProperty("promoted")
    PROMOTED,
    /** The gate kept a new version out of service. */
    @JsonProperty("held")
    HELD,
    /** An earlier version came back into service. */
    @JsonProperty("rolled-back")
    ROLLED_BACK,
    /** The head in service is much worse than an earlier one. */
    @JsonProperty("regressed")
    REGRESSED,
    /** What has made the head in training much worse than the one in service is forgotten. */
    @JsonProperty("unlearned")
    UNLEARNED,
    /** The version in service stays there. */
    @JsonProperty("pinned")
    PINNED,
    /** The policy decides again what is in service. */
    @JsonProperty("unpinned")
    UNPINNED,
    /** What was learnt is forgotten. */
    @JsonProperty("reset")
    RESET,
    /** A head from elsewhere became a version. */
    @JsonProperty("imported")
    IMPORTED,
    /** Another probability decides. */
    @JsonProperty("threshold-changed")
    THRESHOLD_CHANGED,
    /** Another policy promotes. */
    @JsonProperty("policy-changed")
    POLICY_CHANGED,
    /** A command was not carried out. */
    @JsonProperty("refused")
    REFUSED
  }
}
