package dev.headwater.api;

import dev.headwater.app.ApiAccess;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.Optional;
import java.util.Set;

/**
 * Authenticates callers by bearer token: the service's own token or, where OIDC is configured, one
 * issued there. It replaces Quarkus' OIDC mechanism, so that both kinds are refused the same way.
 */
@Alternative
@Priority(1)
@ApplicationScoped
public class BearerAuthentication implements HttpAuthenticationMechanism {
  private static final String SCHEME = "Bearer ";
  private static final int UNAUTHORIZED = 401;

  private final ApiAccess access;
  private final OidcAuthenticationMechanism oidc;

  BearerAuthentication(ApiAccess access, OidcAuthenticationMechanism oidc) {
    this.access = access;
    this.oidc = oidc;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager providers) {
    var token = token(context);
    if (token.filter(access::accepts).isPresent()) {
      return Uni.createFrom().item(owner());
    }
    if (access.hasOidc()) {
      return oidc.authenticate(context, providers)
          .onTermination()
          .invoke(() -> challengeHere(context));
    }
    return token.isPresent()
        ? Uni.createFrom().failure(new AuthenticationFailedException("not the service's token"))
        : Uni.createFrom().nullItem();
  }

  /** Takes the challenge back, which goes to the mechanism that came last. */
  private void challengeHere(RoutingContext context) {
    context.put(HttpAuthenticationMechanism.class.getName(), this);
  }

  private static Optional<String> token(RoutingContext context) {
    return Optional.ofNullable(context.request().getHeader("Authorization"))
        .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(value -> value.substring(SCHEME.length()).strip());
  }

  /** The token grants every right. */
  private SecurityIdentity owner() {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal("api-token"))
        .addRole(access.settings().role())
        .build();
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return oidc.getCredentialTypes();
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return Uni.createFrom()
        .item(new ChallengeData(UNAUTHORIZED, "WWW-Authenticate", challenge(context)));
  }

  /** As RFC 6750 requires: an error code only for callers who sent a token. */
  private static String challenge(RoutingContext context) {
    return token(context).isPresent() ? "Bearer error=\"invalid_token\"" : "Bearer";
  }

  @Override
  public Uni<Boolean> sendChallenge(RoutingContext context) {
    String why =
        token(context).isPresent()
            ? "the token is not accepted"
            : "a token is required: Authorization: Bearer ...";
    context.response().putHeader("WWW-Authenticate", challenge(context));
    Problem.of(
            UNAUTHORIZED,
            "Unauthorized",
            "%s %s: %s".formatted(context.request().method(), context.normalizedPath(), why))
        .send(context);
    return Uni.createFrom().item(true);
  }
}
