package dev.headwater.stream.runtime;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * Finds and aborts transactions of stream threads that are no longer members of their group.
 *
 * <p>Every instance has a process id, kept in its state directory. Kafka Streams puts it, with the
 * number of the thread, into the names of its clients, {@code
 * <application>-<process>-StreamThread-1-consumer}, and of its transactions, {@code
 * <application>-<process>-1}. A thread that is replaced has a higher number, which no thread has
 * after the next start. KafkaStreamsNamesTest fails when Kafka changes these names.
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
   * Returns whether the group has members of another instance.
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
   * The result of a scan.
   *
   * @param aborted names of the transactions that were aborted
   * @param unresponsive brokers that did not list their open transactions, and why not
   */
  record Scan(Set<String> aborted, Map<Integer, String> unresponsive) {}

  private record Open(Set<String> transactions, Map<Integer, String> unresponsive) {}

  /**
   * Aborts the transactions of threads that are no longer members of the group. Until these end,
   * nobody can go on with their partitions, and a process that was killed does not end them. A
   * thread that is alive but was expelled is thereby kept from committing what others have taken
   * over.
   *
   * @param ownClients names of this instance's consumers; nothing is aborted unless one of them is
   *     among the members, since the list would be of another generation
   * @throws ExecutionException if Kafka refuses or does not answer
   */
  Scan abortOrphans(Collection<String> ownClients) throws ExecutionException, InterruptedException {
    // In this order: a thread is a member before it begins a transaction.
    var open = openTransactions();
    if (open.transactions().isEmpty()) {
      return new Scan(Set.of(), open.unresponsive());
    }
    Set<String> living = transactions(members().stream().map(MemberDescription::clientId));
    if (Collections.disjoint(living, transactions(ownClients.stream()))) {
      return new Scan(Set.of(), open.unresponsive());
    }
    var orphans = new HashSet<>(open.transactions());
    orphans.removeAll(living);
    if (!orphans.isEmpty()) {
      answer(admin.fenceProducers(orphans).all(), PATIENCE);
    }
    return new Scan(orphans, open.unresponsive());
  }

  /** Goes on without brokers that do not answer. */
  private Open openTransactions() throws ExecutionException, InterruptedException {
    var ongoing = new ListTransactionsOptions().filterStates(List.of(TransactionState.ONGOING));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    var open = new HashSet<String>();
    var unresponsive = new TreeMap<Integer, String>();
    var byBroker = answer(admin.listTransactions(ongoing).byBrokerId(), PATIENCE);
    for (var broker : byBroker.entrySet()) {
      try {
        var left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        answer(broker.getValue(), left).forEach(found -> open.add(found.transactionalId()));
      } catch (ExecutionException e) {
        unresponsive.put(broker.getKey(), e.getMessage());
      }
    }
    open.removeIf(id -> !isOfThread(id));
    return new Open(open, unresponsive);
  }

  private Collection<MemberDescription> members() throws ExecutionException, InterruptedException {
    var described = admin.describeConsumerGroups(List.of(application)).describedGroups();
    return answer(described.get(application), PATIENCE).members();
  }

  private Set<String> transactions(Stream<String> clients) {
    return clients.map(this::transactionOf).flatMap(Optional::stream).collect(Collectors.toSet());
  }

  /**
   * Returns the name of a thread's transactions by that of its consumer; empty for other clients.
   */
  Optional<String> transactionOf(String clientId) {
    return Optional.of(client.matcher(clientId))
        .filter(Matcher::matches)
        .map(found -> "%s-%s-%s".formatted(application, found.group(1), found.group(2)));
  }

  /** Returns whether a transaction is of a stream thread of this application. */
  boolean isOfThread(String transactionalId) {
    return transaction.matcher(transactionalId).matches();
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
