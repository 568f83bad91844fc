package dev.headwater.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceTokenTest {
  private static final URI LOCAL = URI.create("http://localhost:8080");

  @TempDir Path data;

  @BeforeEach
  void makeToken() throws IOException {
    Files.writeString(data.resolve("api-token"), "made-by-the-service\n");
  }

  private Optional<ServiceToken> made(String url) {
    return ServiceToken.find(URI.create(url), Optional.empty(), Optional.empty(), data);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8080",
        "http://127.0.0.1:8080",
        "http://[::1]:8080",
        "https://localhost"
      })
  void shouldShowTheTokenOfTheDataDirectoryOnLoopback(String url) {
    assertThat(made(url)).map(ServiceToken::text).contains("made-by-the-service");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.org",
        "https://example.org",
        "https://localhost.example.org",
        "http://127.0.0.1.example.org"
      })
  void shouldShowTheTokenOfTheDataDirectoryToNobodyElse(String url) {
    assertThat(made(url)).isEmpty();
  }

  @Test
  void shouldTakeTheFileBeforeTheVariableBeforeTheDirectory() throws IOException {
    Path file = Files.writeString(data.resolve("given"), "given");
    var variable = Optional.of("of-the-variable");
    assertThat(ServiceToken.find(LOCAL, Optional.of(file), variable, data))
        .map(ServiceToken::text)
        .contains("given");
    assertThat(ServiceToken.find(LOCAL, Optional.empty(), variable, data))
        .map(ServiceToken::text)
        .contains("of-the-variable");
  }

  @Test
  void shouldFindNoneWhereThereIsNone(@TempDir Path empty) {
    assertThat(ServiceToken.find(LOCAL, Optional.empty(), Optional.empty(), empty)).isEmpty();
  }

  @Test
  void shouldSayWhichFileCannotBeRead() {
    var missing = Optional.of(data.resolve("missing"));
    assertThatThrownBy(() -> ServiceToken.find(LOCAL, missing, Optional.empty(), data))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("cannot read a token from " + data.resolve("missing"));
  }

  @Test
  void shouldKnowWhenOthersCouldReadIt() {
    var token = new ServiceToken("given", "here");
    assertThat(token.isSentUnencrypted(URI.create("http://example.org"))).isTrue();
    assertThat(token.isSentUnencrypted(URI.create("https://example.org"))).isFalse();
    assertThat(token.isSentUnencrypted(LOCAL)).isFalse();
    assertThat(token).hasToString("ServiceToken[here]");
  }
}
