package dev.headwater.stream.runtime;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.ThreadMetadata;
import org.jboss.logging.Logger;

/**
 * Clears the way for an application to take over the work of instances that are gone: while work is
 * being shared out anew, the transactions that they left open are aborted, which would otherwise
 * happen when they time out, minutes later.
 */
final class OrphanedTransactionAborter implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(OrphanedTransactionAborter.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final KafkaStreams streams;
  private final String application;
  private final OrphanedTransactions peers;
  private final OrphanScanSchedule lookout = new OrphanScanSchedule();
  private final ScheduledExecutorService clock;
  private boolean refused;

  private OrphanedTransactionAborter(KafkaStreams streams, String application, Admin admin) {
    this.streams = streams;
    this.application = application;
    peers = new OrphanedTransactions(admin, application);
    clock =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              var thread = new Thread(work, "takeover-" + application);
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Begins to watch streams that are not started yet; the admin client is the caller's to close
   * afterwards.
   */
  static OrphanedTransactionAborter watch(KafkaStreams streams, String application, Admin admin) {
    var takeover = new OrphanedTransactionAborter(streams, application, admin);
    streams.setStateListener(
        (now, before) -> takeover.lookout.change(now, before, System.nanoTime()));
    long every = LOOK_EVERY.toMillis();
    takeover.clock.scheduleWithFixedDelay(takeover::look, every, every, TimeUnit.MILLISECONDS);
    return takeover;
  }

  private void look() {
    if (!lookout.isDue(System.nanoTime())) {
      return;
    }
    boolean all = false;
    try {
      var look = peers.abortOrphans(ownClients());
      if (!look.aborted().isEmpty()) {
        LOG.infof("Aborted what instances that are gone had left open: %s", look.aborted());
      }
      all = look.silent().isEmpty();
      warnOnce(all, "of brokers, %s".formatted(look.silent()));
    } catch (ExecutionException e) {
      warnOnce(false, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lookout.looked(all);
  }

  private void warnOnce(boolean isFine, String why) {
    if (!isFine && !refused) {
      LOG.warnf(
          "Kafka does not say which transactions of %s are open, or does not abort them: %s; it is"
              + " asked again, but if an instance was killed, its work may go on only when they"
              + " time out",
          application, why);
    }
    refused = !isFine;
  }

  private Set<String> ownClients() {
    return streams.metadataForLocalThreads().stream()
        .map(ThreadMetadata::consumerClientId)
        .collect(Collectors.toSet());
  }

  /** Whether another instance could take over; if Kafka does not say, none. */
  boolean hasOthers(String instanceId) {
    try {
      return peers.hasOthers(instanceId);
    } catch (ExecutionException e) {
      LOG.warnf("Kafka does not say who shares the work of %s: %s", application, e.getMessage());
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
