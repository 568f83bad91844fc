package dev.headwater.broker;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Exit;

/**
 * Turns Kafka's wish to end the process into a failure of the broker, for as long as it is
 * installed. Kafka does not say which broker it gives up, so that every installed guard hears it.
 */
final class ExitGuard implements AutoCloseable {
  private static final Set<ExitGuard> INSTALLED = ConcurrentHashMap.newKeySet();

  private final CompletableFuture<Void> fault = new CompletableFuture<>();

  private ExitGuard() {}

  static synchronized ExitGuard install() {
    var guard = new ExitGuard();
    if (INSTALLED.isEmpty()) {
      Exit.setExitProcedure(ExitGuard::refuse);
      Exit.setHaltProcedure(ExitGuard::refuse);
    }
    INSTALLED.add(guard);
    return guard;
  }

  /** Returns what completes, always with a {@link BrokerException}, when Kafka gives up. */
  CompletableFuture<Void> fault() {
    return fault;
  }

  @Override
  public void close() {
    synchronized (ExitGuard.class) {
      INSTALLED.remove(this);
      if (INSTALLED.isEmpty()) {
        Exit.resetExitProcedure();
        Exit.resetHaltProcedure();
      }
    }
  }

  private static void refuse(int status, String message) {
    var failure =
        new BrokerException(
            "Kafka gave up with status %d%s; the log says why"
                .formatted(status, message == null ? "" : " (" + message + ")"));
    INSTALLED.forEach(guard -> guard.fault.completeExceptionally(failure));
    throw failure;
  }
}
