package dev.headwater.cli.serve;

import dev.headwater.app.AdaptationService;
import dev.headwater.app.ServiceStatus.Phase;
import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.cli.client.Console;
import dev.headwater.cli.client.RunningService;
import dev.headwater.cli.client.ServiceLauncher;
import dev.headwater.cli.client.ServiceSettings;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.Quarkus;
import java.net.URI;
import java.util.Optional;

/** Runs the service on a thread of this process, for the time of another command. */
public final class InProcessService implements ServiceLauncher {
  private static final long POLL_MILLIS = 50;
  private static final long STOP_MILLIS = 60_000;

  @Override
  public RunningService start(ServiceSettings settings, Console console) {
    QuarkusRun.prepare(settings);
    System.setProperty("quarkus.log.console.level", "WARN");
    console.say("starting broker and service");
    var thread = new Thread(QuarkusRun::untilExit, "headwater-service");
    thread.start();
    var service = awaitStarted(thread);
    var url = URI.create("http://localhost:" + QuarkusRun.port(settings));
    return new Running(thread, service.bootstrapServers().orElseThrow(), url);
  }

  private static AdaptationService awaitStarted(Thread thread) {
    while (thread.isAlive()) {
      var service = service();
      if (service.map(s -> s.status().phase() == Phase.STARTED).orElse(false)) {
        return service.get();
      }
      pause();
    }
    throw new CommandFailedException("the service did not start; the reason stands above");
  }

  private static Optional<AdaptationService> service() {
    var container = Arc.container();
    return container == null
        ? Optional.empty()
        : Optional.ofNullable(container.instance(AdaptationService.class).get());
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("interrupted while the service was starting", e);
    }
  }

  private record Running(Thread thread, String bootstrap, URI url) implements RunningService {
    @Override
    public void close() {
      Quarkus.asyncExit();
      try {
        thread.join(STOP_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
