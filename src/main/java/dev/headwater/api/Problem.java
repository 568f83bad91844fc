package dev.headwater.api;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.headwater.event.Json;
import io.vertx.ext.web.RoutingContext;

/**
 * What went wrong with a call, as problem details (RFC 9457).
 *
 * @param type always {@code about:blank}: the status says it
 * @param title the status in words
 * @param status the status
 * @param detail a sentence for who called
 */
@JsonPropertyOrder({"type", "title", "status", "detail"})
record Problem(String type, String title, int status, String detail) {
  static final String CONTENT_TYPE = "application/problem+json";

  static Problem of(int status, String title, String detail) {
    return new Problem("about:blank", title, status, detail);
  }

  /** Ends a call that has not come to a resource. */
  void answer(RoutingContext context) {
    context.response().setStatusCode(status).putHeader("Content-Type", CONTENT_TYPE).end(json());
  }

  private String json() {
    try {
      return Json.MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("three strings and a number are always writable", e);
    }
  }
}
