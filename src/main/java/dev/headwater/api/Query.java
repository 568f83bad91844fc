package dev.headwater.api;

import dev.headwater.event.ErrorCode;
import dev.headwater.event.Fields;
import dev.headwater.event.RejectedException;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;

/**
 * Validates query parameters: one that is misspelt, empty or repeated would otherwise be ignored.
 */
final class Query {
  private Query() {}

  /**
   * Refuses what is not known, or says nothing.
   *
   * @throws RejectedException if there is such a parameter
   */
  static void require(MultivaluedMap<String, String> query, List<String> known)
      throws RejectedException {
    for (var parameter : query.entrySet()) {
      String name = parameter.getKey();
      if (!known.contains(name)) {
        throw invalid("the query has '%s', expected one of %s".formatted(name, known));
      }
      if (parameter.getValue().size() != 1 || parameter.getValue().get(0).isBlank()) {
        throw invalid(
            "%s is empty or given more than once; leave it out, or give it once".formatted(name));
      }
    }
  }

  private static RejectedException invalid(String message) {
    return new RejectedException(ErrorCode.EVENT_FIELD_INVALID, Fields.sentence(message));
  }
}
