package dev.headwater.api;

import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Answers oversized requests with 413 and a problem document; Quarkus would close the connection
 * silently.
 */
@ApplicationScoped
public class RequestSizeLimit {
  private static final int TOO_LARGE = 413;

  /** After it is known who calls, before Quarkus looks at the length. */
  private static final int BEFORE_THE_LIMIT = -3;

  private final long most;

  RequestSizeLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize most) {
    this.most = most.asLongValue();
  }

  void register(@Observes Router router) {
    router.route().order(BEFORE_THE_LIMIT).handler(this::look);
  }

  private void look(RoutingContext context) {
    String stated = context.request().getHeader("Content-Length");
    if (stated == null || !stated.matches("[0-9]{1,18}") || Long.parseLong(stated) <= most) {
      context.next();
      return;
    }
    context.response().putHeader("Connection", "close");
    Problem.of(
            TOO_LARGE,
            "Content Too Large",
            "%s %s has a body of %s bytes, at most %d are allowed (quarkus.http.limits.max-body-size)"
                .formatted(context.request().method(), context.normalizedPath(), stated, most))
        .send(context);
  }
}
