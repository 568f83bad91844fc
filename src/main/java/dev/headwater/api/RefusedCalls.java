package dev.headwater.api;

import io.quarkus.security.ForbiddenException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Tells known callers without the role why they are refused, which Quarkus does without a word. */
@ApplicationScoped
public class RefusedCalls {
  private static final int FORBIDDEN = 403;

  void register(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(RefusedCalls::answer);
  }

  private static void answer(RoutingContext context) {
    if (!(context.failure() instanceof ForbiddenException) || context.response().ended()) {
      context.next();
      return;
    }
    Problem.of(
            FORBIDDEN,
            "Forbidden",
            "%s %s needs the role that headwater.http.role names, and the caller has it not"
                .formatted(context.request().method(), context.normalizedPath()))
        .answer(context);
  }
}
