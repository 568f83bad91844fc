package dev.headwater;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.headwater.backbone.RandomWeightsFile;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged service off loopback, with the probes opened, a token of its own and OIDC: who may
 * do what, seen from outside.
 */
class HttpAccessIT {
  private static final String TOKEN = "a-token-that-was-chosen-for-this-test";
  private static final List<String> CLOSED =
      List.of("/api/models", "/q/metrics", "/q/openapi", "/q/swagger-ui/", "/none", "/");

  @TempDir static Path directory;
  static SignedToken issuer;
  static ServiceUnderTest service;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(HeadwaterProcess.isPackaged(), "needs the packaged application: mvn package");
    issuer = new SignedToken();
    service =
        ServiceUnderTest.start(
            directory,
            RandomWeightsFile.option(directory),
            Map.of(
                "QUARKUS_HTTP_HOST", "0.0.0.0",
                "HEADWATER_HTTP_TOKEN", TOKEN,
                "HEADWATER_HTTP_OPEN", "health",
                "QUARKUS_OIDC_TENANT_ENABLED", "true",
                "QUARKUS_OIDC_PUBLIC_KEY", issuer.publicKey()));
  }

  @AfterAll
  static void stop() {
    if (service != null) {
      service.close();
    }
  }

  @Test
  void shouldOpenTheProbesAndNothingElse() throws Exception {
    assertThat(service.get("/q/health/ready").statusCode()).isEqualTo(200);
    assertThat(service.get("/q/health").statusCode()).isEqualTo(200);
    for (String path : CLOSED) {
      assertThat(service.get(path).statusCode()).as(path).isEqualTo(401);
    }
  }

  @Test
  void shouldSayWhatIsMissing() throws Exception {
    var refused = service.call("POST", "/api/models");
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(header(refused, "WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(header(refused, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(refused.body())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,\"detail\":"
                + "\"POST /api/models: a token is required: Authorization: Bearer ...\"}");
  }

  @Test
  void shouldLetTheOwnerOfTheTokenReadAndChange() throws Exception {
    assertThat(with(TOKEN, "GET", "/api/models").statusCode()).isEqualTo(200);
    assertThat(with(TOKEN, "GET", "/q/metrics").statusCode()).isEqualTo(200);
    assertThat(with(TOKEN, "POST", "/api/models").statusCode()).isEqualTo(405);
    assertThat(with(TOKEN, "DELETE", "/q/health").statusCode()).isNotIn(401, 403);
  }

  @Test
  void shouldRefuseAWrongTokenEvenWhereNoneIsNeeded() throws Exception {
    for (String path : List.of("/api/models", "/q/health")) {
      var refused = with(TOKEN + "x", "GET", path);
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(header(refused, "WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
      assertThat(header(refused, "Content-Type")).isEqualTo("application/problem+json");
    }
  }

  @Test
  void shouldLetCallersOfOidcReadAndThoseWithTheRoleChange() throws Exception {
    var soon = Instant.now().plus(Duration.ofMinutes(5));
    String known = issuer.of("[\"others\"]", soon);
    String operator = issuer.of("[\"headwater\"]", soon);
    assertThat(with(known, "GET", "/api/models").statusCode()).isEqualTo(200);
    assertThat(with(operator, "POST", "/api/models").statusCode()).isEqualTo(405);
    var forbidden = with(known, "POST", "/api/models");
    assertThat(forbidden.statusCode()).isEqualTo(403);
    assertThat(header(forbidden, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(forbidden.body()).contains("needs the role named by headwater.http.role");
  }

  @Test
  void shouldRefuseTokensOfAnotherIssuerAndOldOnes() throws Exception {
    var soon = Instant.now().plus(Duration.ofMinutes(5));
    String foreign = new SignedToken().of("[\"headwater\"]", soon);
    String old = issuer.of("[\"headwater\"]", Instant.now().minus(Duration.ofHours(1)));
    String unsigned = operatorWithoutSignature(soon);
    for (String token : List.of(foreign, old, unsigned)) {
      var refused = with(token, "POST", "/api/models");
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(header(refused, "Content-Type")).isEqualTo("application/problem+json");
    }
  }

  private static String operatorWithoutSignature(Instant expires) throws Exception {
    String signed = issuer.of("[\"headwater\"]", expires);
    return signed.substring(0, signed.lastIndexOf('.') + 1);
  }

  @Test
  void shouldLetTheCommandLineInWithTheTokenOnly() throws Exception {
    String[] models = {"models", "--json", "--url", service.url()};
    var nowhere = Map.of("HEADWATER_DATA", directory.resolve("none").toString());
    var refused = HeadwaterProcess.run(directory, nowhere, models);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .singleElement()
        .asString()
        .contains("asks for its API token: name the file with --token-file");
    var allowed = HeadwaterProcess.run(directory, Map.of("HEADWATER_HTTP_TOKEN", TOKEN), models);
    assertThat(allowed.exitCode()).as("%s", allowed.err()).isZero();
    assertThat(allowed.out()).containsExactly("[]");
  }

  @Test
  void shouldSayWhatIsOpenAndNotTheToken() throws IOException {
    assertThat(service.said())
        .contains(
            "headwater: HTTP: on 0.0.0.0 health is open, the rest needs the token in"
                + " headwater.http.token or one of OIDC")
        .doesNotContain(TOKEN);
  }

  @Test
  void shouldRefuseSettingsThatWouldOpenOrCloseSomethingElse() throws Exception {
    assertRefused(
        Map.of("HEADWATER_HTTP_OPEN", "health,all"),
        "headwater.http.open names 'all', expected words out of health, metrics, reading");
    assertRefused(
        Map.of("HEADWATER_HTTP_TOKEN", "too-short-token"),
        "headwater.http.token has 15 characters, expected at least 16");
  }

  private static void assertRefused(Map<String, String> environment, String sentence)
      throws Exception {
    var refused =
        HeadwaterProcess.run(
            directory,
            environment,
            "up",
            "--data",
            directory.resolve("refused").toString(),
            "--port",
            "" + FreePorts.next());
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.sentences()).singleElement().asString().contains(sentence);
    assertThat(refused.err()).noneMatch(line -> line.contains("too-short-token"));
    assertThat(refused.err()).noneMatch(line -> line.startsWith("\tat "));
  }

  private static HttpResponse<String> with(String token, String method, String path)
      throws IOException, InterruptedException {
    return service.call(method, path, "Authorization", "Bearer " + token);
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
