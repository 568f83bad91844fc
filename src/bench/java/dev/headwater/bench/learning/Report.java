package dev.headwater.bench.learning;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.headwater.event.Json;
import java.util.List;
import java.util.Optional;

/**
 * What one run of the benchmark found; its JSON is this record.
 *
 * @param benchmark always {@code learning}
 * @param backbone fingerprint of the backbone that embedded the images
 * @param reducedQuality whether its weights are a stand-in
 * @param seeds of the shuffling and of the learners
 * @param imbalance how the positive class was made rare, if it was
 * @param streams one for each folder
 */
record Report(
    String benchmark,
    String backbone,
    boolean reducedQuality,
    List<Long> seeds,
    Optional<Imbalance> imbalance,
    List<OfStream> streams) {

  /**
   * How all learners did on one stream.
   *
   * @param name of its folder
   * @param positive the positive class
   * @param others the other classes
   * @param domains in the order in which they come
   * @param learners the service's own first
   * @param offline what the same head reaches offline
   */
  record OfStream(
      String name,
      String positive,
      List<String> others,
      List<Domain> domains,
      List<LearnerReport> learners,
      LearnerReport offline) {

    int images() {
      return domains.stream().mapToInt(Domain::images).sum();
    }
  }

  /** How many images a domain has, and how many of them are positive. */
  record Domain(String name, int images, int positives) {}

  String json() {
    try {
      return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of plain values is always writable as JSON", e);
    }
  }
}
