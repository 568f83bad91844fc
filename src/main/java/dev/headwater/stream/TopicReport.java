package dev.headwater.stream;

import java.util.List;

/**
 * What the provisioner did.
 *
 * @param created names of the topics that it created
 * @param verified names of the topics that were there and fit
 * @param warnings sentences on what could not be verified
 */
public record TopicReport(List<String> created, List<String> verified, List<String> warnings) {
  public TopicReport {
    created = List.copyOf(created);
    verified = List.copyOf(verified);
    warnings = List.copyOf(warnings);
  }
}
