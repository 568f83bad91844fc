package dev.headwater.learner.release;

import dev.headwater.event.ModelEvent.Kind;
import dev.headwater.learner.model.LearnerOutput;
import java.util.List;

/**
 * What came of a request.
 *
 * @param kind of the event that answers it
 * @param version what it is about; 0 for none
 * @param message a sentence
 * @param outputs what leaves beside the answer
 */
record CommandResult(Kind kind, long version, String message, List<LearnerOutput> outputs) {

  CommandResult(Kind kind, long version, String message) {
    this(kind, version, message, List.of());
  }

  /** Says why a request is not carried out. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }

    RefusedException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
