package dev.headwater.topics;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names of all topics: a common prefix, then what the topic holds.
 *
 * @param prefix Kafka's topic characters (letters, digits, {@code . _ -}), as short as makes each
 *     name at most 249 characters; may be empty
 */
public record TopicNames(String prefix) {
  /** The prefix unless another one is configured. */
  public static final String DEFAULT_PREFIX = "headwater.";

  private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]*");
  private static final int LONGEST_NAME = 249;
  private static final List<String> KINDS =
      List.of(
          "images",
          "labels",
          "commands",
          "predictions",
          "snapshots",
          "serving",
          "evaluations",
          "model-events",
          "dead-letters",
          "examples");
  private static final int LONGEST_PREFIX =
      LONGEST_NAME - KINDS.stream().mapToInt(String::length).max().orElseThrow();

  public TopicNames {
    if (!LEGAL.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "topic prefix '%s' has characters that Kafka forbids; letters, digits, '.', '_' and '-' are allowed"
              .formatted(prefix));
    }
    if (prefix.length() > LONGEST_PREFIX) {
      throw new IllegalArgumentException(
          "topic prefix '%s' has %d characters, at most %d are allowed"
              .formatted(prefix, prefix.length(), LONGEST_PREFIX));
    }
  }

  /** Returns the names with {@link #DEFAULT_PREFIX}. */
  public static TopicNames withDefaultPrefix() {
    return new TopicNames(DEFAULT_PREFIX);
  }

  /** In: images, keyed by image id. */
  public String images() {
    return prefix + "images";
  }

  /** In: labels that come after their images, keyed by image id. */
  public String labels() {
    return prefix + "labels";
  }

  /** In: what is asked of models, keyed by model. */
  public String commands() {
    return prefix + "commands";
  }

  /** Out: one prediction an image, keyed by image id. */
  public String predictions() {
    return prefix + "predictions";
  }

  /** Out: every version of every head, keyed by model. */
  public String snapshots() {
    return prefix + "snapshots";
  }

  /** Out: the head in service of each model, compacted. */
  public String serving() {
    return prefix + "serving";
  }

  /** Out: scores, keyed by model. */
  public String evaluations() {
    return prefix + "evaluations";
  }

  /** Out: what happened to models, keyed by model. */
  public String modelEvents() {
    return prefix + "model-events";
  }

  /** Out: records that could not be used, and why. */
  public String deadLetters() {
    return prefix + "dead-letters";
  }

  /** Internal: labelled embeddings, keyed by model. */
  public String examples() {
    return prefix + "examples";
  }

  /** Returns the names of those of which consumer groups remember how far they have read. */
  public Stream<String> read() {
    return Stream.of(images(), labels(), commands(), examples());
  }

  /** Returns all names. */
  public Stream<String> all() {
    return KINDS.stream().map(kind -> prefix + kind);
  }
}
