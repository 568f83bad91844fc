package dev.headwater.cli.serve;

import dev.headwater.app.AdaptationService;
import dev.headwater.app.ApiAccess;
import dev.headwater.backbone.BackboneId;
import dev.headwater.cli.client.Console;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The Quarkus application: starts the service, announces it, and waits for the signal to stop. */
public final class HeadwaterApplication implements QuarkusApplication {
  private static final int FAILED = 1;

  private final Console console = Console.system();

  @Inject AdaptationService service;

  @Inject ApiAccess access;

  @ConfigProperty(name = "quarkus.http.port")
  int port;

  @ConfigProperty(name = "quarkus.http.ssl-port")
  int securePort;

  @ConfigProperty(name = "quarkus.http.insecure-requests", defaultValue = "enabled")
  String insecureRequests;

  @Override
  public int run(String... arguments) {
    try {
      service.start(new StartProgress(console));
    } catch (RuntimeException e) {
      console.say(e.getMessage());
      return FAILED;
    }
    announce();
    Quarkus.waitForExit();
    return 0;
  }

  private void announce() {
    console.say(access.summary());
    console.say(
        "ready: %s, Kafka at %s, backbone %s"
            .formatted(
                insecureRequests.equals("disabled")
                    ? "https://localhost:" + securePort
                    : "http://localhost:" + port,
                service.bootstrapServers().orElse("?"),
                service.status().backbone().map(HeadwaterApplication::describe).orElse("?")));
  }

  private static String describe(BackboneId id) {
    String reduced = id.quality() == BackboneId.Quality.REDUCED ? ", REDUCED QUALITY" : "";
    return "%s %.12s%s".formatted(id.name(), id.fingerprint(), reduced);
  }
}
