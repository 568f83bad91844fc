package dev.headwater.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.headwater.event.ErrorCode;
import dev.headwater.event.Json;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * What went wrong with a call, as problem details (RFC 9457).
 *
 * @param type always {@code about:blank}: the status says it
 * @param title the status in words
 * @param status the status
 * @param detail a sentence for who called
 * @param code why what was sent is not usable, as dead letters have it
 */
@JsonPropertyOrder({"type", "title", "status", "detail", "code"})
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record Problem(String type, String title, int status, String detail, Optional<ErrorCode> code) {
  static final String CONTENT_TYPE = "application/problem+json";

  static Problem of(int status, String title, String detail) {
    return new Problem("about:blank", title, status, detail, Optional.empty());
  }

  Problem because(ErrorCode reason) {
    return new Problem(type, title, status, detail, Optional.of(reason));
  }

  /** Ends a call that has not come to a resource. */
  void send(RoutingContext context) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", CONTENT_TYPE)
        .end(Json.text(this));
  }
}
