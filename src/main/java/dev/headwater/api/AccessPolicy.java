package dev.headwater.api;

import dev.headwater.app.ApiAccess;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Applies {@link AccessRules} to every request; a policy without a name is global in Quarkus. */
@ApplicationScoped
public class AccessPolicy implements HttpSecurityPolicy {
  private static final Set<String> OF_PROXIES = Set.of("forwarded", "via", "x-real-ip");
  private static final String MORE_OF_PROXIES = "x-forwarded-";

  private final AccessRules rules;
  private final String role;

  AccessPolicy(ApiAccess access) {
    rules = new AccessRules(access.settings().open(), access.isOpenOnLoopback());
    role = access.settings().role();
  }

  @Override
  public Uni<CheckResult> checkPermission(
      RoutingContext context, Uni<SecurityIdentity> caller, AuthorizationRequestContext requests) {
    if (rules.needsNoToken(call(context))) {
      return CheckResult.permit();
    }
    boolean changes = AccessRules.changes(context.request().method().name());
    return caller.map(
        identity -> new CheckResult(changes ? mayChange(identity) : isKnown(identity)));
  }

  private static boolean isKnown(SecurityIdentity identity) {
    return !identity.isAnonymous();
  }

  private boolean mayChange(SecurityIdentity identity) {
    return isKnown(identity) && identity.hasRole(role);
  }

  private static AccessRules.Call call(RoutingContext context) {
    var request = context.request();
    return new AccessRules.Call(
        request.method().name(),
        context.normalizedPath(),
        Optional.ofNullable(request.authority()).map(authority -> authority.host()),
        cameThroughAProxy(request));
  }

  private static boolean cameThroughAProxy(HttpServerRequest request) {
    return request.headers().names().stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .anyMatch(name -> OF_PROXIES.contains(name) || name.startsWith(MORE_OF_PROXIES));
  }
}
