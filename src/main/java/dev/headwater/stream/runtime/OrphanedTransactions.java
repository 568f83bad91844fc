package dev.headwater.stream.runtime;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaFuture;

/**
 * The instances that share the work of an application, as Kafka knows them.
 *
 * <p>Every instance has a process id, kept in its state directory. Kafka Streams puts it, with the
 * number of the thread, into the names of its clients, {@code
 * <application>-<process>-StreamThread-1-consumer}, and of its transactions, {@code
 * <application>-<process>-1}. A thread that is replaced has a higher number, which no thread has
 * after the next start.
 */
final class OrphanedTransactions {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String PROCESS = "-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-";

  private final Admin admin;
  private final String application;
  private final Pattern client;
  private final Pattern transaction;

  OrphanedTransactions(Admin admin, String application) {
    this.admin = admin;
    this.application = application;
    client = Pattern.compile(Pattern.quote(application) + PROCESS + "StreamThread-(\\d+)-.*");
    transaction = Pattern.compile(Pattern.quote(application) + PROCESS + "\\d+");
  }

  /**
   * Tells whether another instance could take over.
   *
   * @throws ExecutionException if Kafka does not say
   */
  boolean hasOthers(String instanceId) throws ExecutionException, InterruptedException {
    return members().stream()
        .anyMatch(
            member ->
                !member.groupInstanceId().map(id -> id.startsWith(instanceId + "-")).orElse(false));
  }

  /**
   * What a look has led to.
   *
   * @param aborted names of the transactions that were aborted
   * @param silent brokers that did not say which transactions are open with them, and why not
   */
  record Look(Set<String> aborted, Map<Integer, String> silent) {}

  private record Open(Set<String> transactions, Map<Integer, String> silent) {}

  /**
   * Aborts the transactions of threads that are no longer members of the group: until they end,
   * nobody may go on with their partitions, and one that was killed ends them no more. One that is
   * alive but was expelled is thereby kept from committing what others have taken over.
   *
   * @param ownClients names of this instance's consumers, by which it knows the answer for one that
   *     it may act on
   * @throws ExecutionException if Kafka refuses or does not answer
   */
  Look abortOrphans(Collection<String> ownClients) throws ExecutionException, InterruptedException {
    // In this order: whoever has begun a transaction is a member, or was one.
    var open = openTransactions();
    if (open.transactions().isEmpty()) {
      return new Look(Set.of(), open.silent());
    }
    Set<String> living = transactions(members().stream().map(MemberDescription::clientId));
    if (Collections.disjoint(living, transactions(ownClients.stream()))) {
      return new Look(Set.of(), open.silent());
    }
    var orphans = new HashSet<>(open.transactions());
    orphans.removeAll(living);
    if (!orphans.isEmpty()) {
      answer(admin.fenceProducers(orphans).all(), PATIENCE);
    }
    return new Look(orphans, open.silent());
  }

  /** A broker that does not answer must not keep what the others say from being acted on. */
  private Open openTransactions() throws ExecutionException, InterruptedException {
    var ongoing = new ListTransactionsOptions().filterStates(List.of(TransactionState.ONGOING));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    var open = new HashSet<String>();
    var silent = new TreeMap<Integer, String>();
    var byBroker = answer(admin.listTransactions(ongoing).byBrokerId(), PATIENCE);
    for (var broker : byBroker.entrySet()) {
      try {
        var left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        answer(broker.getValue(), left).forEach(found -> open.add(found.transactionalId()));
      } catch (ExecutionException e) {
        silent.put(broker.getKey(), e.getMessage());
      }
    }
    open.removeIf(id -> !transaction.matcher(id).matches());
    return new Open(open, silent);
  }

  private Collection<MemberDescription> members() throws ExecutionException, InterruptedException {
    var described = admin.describeConsumerGroups(List.of(application)).describedGroups();
    return answer(described.get(application), PATIENCE).members();
  }

  /** Returns how the transactions of threads are named, by the names of their consumers. */
  private Set<String> transactions(Stream<String> clients) {
    return clients
        .map(client::matcher)
        .filter(Matcher::matches)
        .map(found -> "%s-%s-%s".formatted(application, found.group(1), found.group(2)))
        .collect(Collectors.toSet());
  }

  private static <T> T answer(KafkaFuture<T> future, Duration patience)
      throws ExecutionException, InterruptedException {
    try {
      return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new ExecutionException("no answer within %d s".formatted(PATIENCE.toSeconds()), e);
    }
  }
}
