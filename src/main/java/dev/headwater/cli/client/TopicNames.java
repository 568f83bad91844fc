package dev.headwater.cli.client;

/**
 * The topics that clients use.
 *
 * @param prefix what every name begins with, such as {@code headwater.}
 */
public record TopicNames(String prefix) {
  /** Where images go in. */
  public String images() {
    return prefix + "images";
  }

  /** Where predictions come out. */
  public String predictions() {
    return prefix + "predictions";
  }

  /** Where records come out that could not be used. */
  public String deadLetters() {
    return prefix + "dead-letters";
  }
}
