package dev.headwater.api;

import io.quarkus.security.ForbiddenException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Answers callers without the required role with 403 and a problem document; Quarkus would send no
 * body.
 */
@ApplicationScoped
public class ForbiddenResponses {
  private static final int FORBIDDEN = 403;

  void register(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(ForbiddenResponses::answer);
  }

  private static void answer(RoutingContext context) {
    if (!(context.failure() instanceof ForbiddenException) || context.response().ended()) {
      context.next();
      return;
    }
    Problem.of(
            FORBIDDEN,
            "Forbidden",
            "%s %s needs the role named by headwater.http.role, which the caller does not have"
                .formatted(context.request().method(), context.normalizedPath()))
        .send(context);
  }
}
