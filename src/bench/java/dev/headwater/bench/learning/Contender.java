package dev.headwater.bench.learning;

/**
 * A learner to compare.
 *
 * @param name short, as in the table and in {@code --peers}
 * @param description what it is, with every setting that is not its default
 * @param usual whether it takes part unless it is left out; others only if named
 * @param start makes one that has learnt nothing
 */
public record Contender(String name, String description, boolean usual, Start start) {

  /** Makes learners. */
  @FunctionalInterface
  public interface Start {
    /**
     * Returns one that has learnt nothing.
     *
     * @param inputs length of an embedding
     * @param seed of whatever it draws
     */
    Learner learner(int inputs, long seed);
  }
}
