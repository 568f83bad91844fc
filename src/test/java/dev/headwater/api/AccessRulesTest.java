package dev.headwater.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.app.AccessSettings.Part;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRulesTest {
  private static final List<String> PATHS =
      List.of("/api/models", "/q/health/ready", "/q/metrics", "/q/openapi", "/anything", "/");
  private static final AccessRules LOOPBACK = new AccessRules(Set.of(), true);
  private static final AccessRules CLOSED = new AccessRules(Set.of(), false);
  private static final AccessRules ALL_OPEN = new AccessRules(Set.of(Part.values()), true);

  private static AccessRules.Call call(String method, String path, String host) {
    return new AccessRules.Call(method, path, Optional.ofNullable(host), false);
  }

  private static AccessRules.Call get(String path) {
    return call("GET", path, "localhost");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "get"})
  void shouldLetNothingBeChangedWithoutToken(String method) {
    for (String path : PATHS) {
      assertThat(ALL_OPEN.needsNoToken(call(method, path, "localhost"))).as(path).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LocalHost", "127.0.0.1", "127.8.8.8", "::1", "[::1]"})
  void shouldLetEverythingBeReadOnLoopback(String host) {
    for (String path : PATHS) {
      assertThat(LOOPBACK.needsNoToken(call("GET", path, host))).as(path).isTrue();
      assertThat(LOOPBACK.needsNoToken(call("HEAD", path, host))).as(path).isTrue();
      assertThat(LOOPBACK.needsNoToken(call("OPTIONS", path, host))).as(path).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "127.evil.example",
        "10.0.0.1",
        "0.0.0.0",
        "localhost.",
        ""
      })
  void shouldNotTakeAnotherNameForLoopback(String host) {
    assertThat(LOOPBACK.needsNoToken(call("GET", "/api/models", host))).isFalse();
  }

  @Test
  void shouldNotTakeACallWithoutNameForLoopback() {
    assertThat(LOOPBACK.needsNoToken(call("GET", "/api/models", null))).isFalse();
  }

  @Test
  void shouldNotTakeWhatCameThroughAProxyForLoopback() {
    var forwarded = new AccessRules.Call("GET", "/api/models", Optional.of("localhost"), true);
    assertThat(LOOPBACK.needsNoToken(forwarded)).isFalse();
  }

  @Test
  void shouldOpenNothingOffLoopback() {
    assertThat(PATHS).noneMatch(path -> CLOSED.needsNoToken(get(path)));
  }

  @Test
  void shouldOpenWhatWasNamedAndNoMore() {
    assertThat(PATHS)
        .filteredOn(path -> with(Part.HEALTH).needsNoToken(get(path)))
        .containsExactly("/q/health/ready");
    assertThat(PATHS)
        .filteredOn(path -> with(Part.METRICS).needsNoToken(get(path)))
        .containsExactly("/q/metrics");
    assertThat(PATHS)
        .filteredOn(path -> with(Part.READING).needsNoToken(get(path)))
        .containsExactly("/api/models", "/q/openapi", "/anything", "/");
    assertThat(with(Part.HEALTH).needsNoToken(get("/q/healthy"))).isFalse();
    assertThat(with(Part.METRICS).needsNoToken(get("/q/metrics/x"))).isFalse();
  }

  private static AccessRules with(Part part) {
    return new AccessRules(Set.of(part), false);
  }
}
