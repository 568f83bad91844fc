package dev.headwater.cli.deadletters;

/** Why a dead letter cannot be sent again. */
enum Obstacle {
  /** Value and headers together did not fit into the dead-letter topic. */
  VALUE_LEFT_OUT(
      "the value was left out, since it was too large: send the file again where it came from"),

  /** What the learner refused: nothing that a producer sent. */
  INTERNAL(
      "refused on the internal topic of examples: send the image or label again where it came from"),

  /** A header is data from outside; nothing is written where nobody expects it. */
  ORIGIN_UNKNOWN("the origin is not the images or the labels topic of this prefix");

  private final String sentence;

  Obstacle(String sentence) {
    this.sentence = sentence;
  }

  /** Why, and what to do instead, as half a sentence. */
  String sentence() {
    return sentence;
  }
}
