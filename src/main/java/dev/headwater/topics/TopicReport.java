package dev.headwater.topics;

import java.util.List;
import java.util.Map;

/**
 * What the provisioner did.
 *
 * @param created names of the topics that it created
 * @param verified names of the topics that were there and fit
 * @param partitions how many each topic has
 * @param warnings sentences on what could not be verified
 */
public record TopicReport(
    List<String> created,
    List<String> verified,
    Map<String, Integer> partitions,
    List<String> warnings) {
  public TopicReport {
    partitions = Map.copyOf(partitions);
    created = List.copyOf(created);
    verified = List.copyOf(verified);
    warnings = List.copyOf(warnings);
  }
}
