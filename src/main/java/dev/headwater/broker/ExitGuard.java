package dev.headwater.broker;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Exit;

/**
 * Turns a halt or exit requested by Kafka into a failure of the broker, while it is open.
 *
 * <p>Kafka does not say which broker it gives up, so that every open guard hears it. Once there was
 * a broker, Kafka never ends the process any more: threads of one that failed may still try.
 */
final class ExitGuard implements AutoCloseable {
  private static final Set<ExitGuard> OPEN = ConcurrentHashMap.newKeySet();

  private final CompletableFuture<Void> fault = new CompletableFuture<>();

  private ExitGuard() {}

  static ExitGuard install() {
    Exit.setExitProcedure(ExitGuard::refuse);
    Exit.setHaltProcedure(ExitGuard::refuse);
    var guard = new ExitGuard();
    OPEN.add(guard);
    return guard;
  }

  /** Returns what completes, always with a {@link BrokerException}, when Kafka gives up. */
  CompletableFuture<Void> fault() {
    return fault;
  }

  @Override
  public void close() {
    OPEN.remove(this);
  }

  private static void refuse(int status, String message) {
    var failure =
        new BrokerException(
            "Kafka gave up with status %d%s; the log says why"
                .formatted(status, message == null ? "" : " (" + message + ")"));
    // A copy: who hears the first failure may start a broker at once, which must not hear it too.
    List.copyOf(OPEN).forEach(guard -> guard.fault.completeExceptionally(failure));
    throw failure;
  }
}
