package dev.headwater.api;

import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Tells who sends more than is ever taken so, which Quarkus does without a word. */
@ApplicationScoped
public class LargeCalls {
  private static final int TOO_LARGE = 413;

  /** After it is known who calls, before Quarkus looks at the length. */
  private static final int BEFORE_THE_LIMIT = -3;

  private final long most;

  LargeCalls(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize most) {
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
            "%s %s comes with %s bytes, at most %d are taken (quarkus.http.limits.max-body-size)"
                .formatted(context.request().method(), context.normalizedPath(), stated, most))
        .answer(context);
  }
}
