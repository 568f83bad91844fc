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
 * Watches an application for rebalances and then aborts the transactions that instances left open
 * which are gone, so that their work goes on at once and not only when the transactions time out,
 * minutes later.
 */
final class OrphanedTransactionAborter implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(OrphanedTransactionAborter.class);
  private static final Duration SCAN_INTERVAL = Duration.ofMillis(500);

  private final KafkaStreams streams;
  private final String application;
  private final OrphanedTransactions transactions;
  private final OrphanScanSchedule schedule = new OrphanScanSchedule();
  private final ScheduledExecutorService clock;
  private boolean hasWarned;

  private OrphanedTransactionAborter(KafkaStreams streams, String application, Admin admin) {
    this.streams = streams;
    this.application = application;
    transactions = new OrphanedTransactions(admin, application);
    clock =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              var thread = new Thread(work, "orphan-scan-" + application);
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts to watch streams that have not started yet; the admin client is the caller's to close
   * afterwards.
   */
  static OrphanedTransactionAborter watch(KafkaStreams streams, String application, Admin admin) {
    var aborter = new OrphanedTransactionAborter(streams, application, admin);
    streams.setStateListener(
        (now, before) -> aborter.schedule.change(now, before, System.nanoTime()));
    long every = SCAN_INTERVAL.toMillis();
    aborter.clock.scheduleWithFixedDelay(aborter::scan, every, every, TimeUnit.MILLISECONDS);
    return aborter;
  }

  private void scan() {
    if (!schedule.isDue(System.nanoTime())) {
      return;
    }
    boolean all = false;
    try {
      var scan = transactions.abortOrphans(ownClients());
      if (!scan.aborted().isEmpty()) {
        LOG.infof("Aborted orphaned transactions of instances that are gone: %s", scan.aborted());
      }
      all = scan.unresponsive().isEmpty();
      warnOnce(all, "brokers that do not answer: %s".formatted(scan.unresponsive()));
    } catch (ExecutionException e) {
      warnOnce(false, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    schedule.scanned(all);
  }

  private void warnOnce(boolean isFine, String why) {
    if (!isFine && !hasWarned) {
      LOG.warnf(
          "Cannot list or abort open transactions of %s, will retry: %s; until then the work of a"
              + " killed instance goes on only when its transactions time out",
          application, why);
    }
    hasWarned = !isFine;
  }

  private Set<String> ownClients() {
    return streams.metadataForLocalThreads().stream()
        .map(ThreadMetadata::consumerClientId)
        .collect(Collectors.toSet());
  }

  /** Whether another instance could take over; false if Kafka does not answer. */
  boolean hasOthers(String instanceId) {
    try {
      return transactions.hasOthers(instanceId);
    } catch (ExecutionException e) {
      LOG.warnf("Cannot list the members of group %s: %s", application, e.getMessage());
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
