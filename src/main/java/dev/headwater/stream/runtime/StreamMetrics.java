package dev.headwater.stream.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Selects the metrics that an operator needs from the thousands that Kafka Streams and its clients
 * keep, and aggregates threads, tasks and partitions: one value for an application, or for a topic.
 */
public final class StreamMetrics {
  private static final String APPLICATION = "application";
  private static final String TOPIC = "topic";
  private static final String THREADS = "stream-thread-metrics";
  private static final String CLIENT = "stream-metrics";
  private static final String UPDATER = "stream-state-updater-metrics";
  private static final String FETCHES = "consumer-fetch-manager-metrics";
  private static final String SENT = "producer-topic-metrics";
  private static final String COORDINATION = "consumer-coordinator-metrics";
  private static final double MILLIS = 1_000;

  private static final List<Source> SOURCES =
      List.of(
          gauge("threads", "Stream threads alive.").sum(CLIENT, "alive-stream-threads"),
          counter("failed_threads", "Stream threads that failed.")
              .sum(CLIENT, "failed-stream-threads"),
          counter("records", "Records processed.").sum(THREADS, "process-total"),
          counter("commits", "Commits.").sum(THREADS, "commit-total"),
          gauge("commit_seconds_avg", "Mean commit latency.").slowest("commit-latency-avg"),
          gauge("commit_seconds_max", "Maximum commit latency.").slowest("commit-latency-max"),
          gauge("process_seconds_max", "Maximum processing time of a record.")
              .slowest("process-latency-max"),
          counter("rebalances", "Rebalances, counted by each thread.")
              .sum(COORDINATION, "rebalance-total"),
          gauge("restoring_tasks", "Active tasks that restore their state.")
              .sum(UPDATER, "active-restoring-tasks"),
          gauge("standby_tasks", "Standby tasks.").sum(UPDATER, "standby-updating-tasks"),
          gauge("restored_records_per_second", "Changelog records restored per second.")
              .sum(UPDATER, "restore-records-rate"),
          gauge("lag_records", "Records left to read.")
              .byTopic(FETCHES, "records-lag", found -> !isRestore(found)),
          gauge("copy_lag_records", "Changelog records left to restore, active and standby.")
              .byTopic(FETCHES, "records-lag", StreamMetrics::isRestore),
          counter("written_bytes", "Bytes written.").byTopic(SENT, "byte-total", any -> true),
          counter("written_records", "Records written.")
              .byTopic(SENT, "record-send-total", any -> true));

  private StreamMetrics() {}

  /**
   * One metric with its values, of both applications.
   *
   * @param name as Prometheus has it, without the suffix of a counter
   * @param help says what is measured
   * @param isCounter whether it only grows while the instance runs
   * @param labels names of the labels, {@code application} first
   * @param values by the labels' values
   */
  public record Family(
      String name,
      String help,
      boolean isCounter,
      List<String> labels,
      Map<List<String>, Double> values) {
    public Family {
      labels = List.copyOf(labels);
      values = Map.copyOf(values);
    }
  }

  /** What a family is called, before it is known where its values come from. */
  private record Description(String name, String help, boolean isCounter) {
    Source sum(String group, String metric) {
      return new Source(this, false, is(group, metric), Double::sum, 1);
    }

    Source slowest(String metric) {
      return new Source(this, false, is(THREADS, metric), Math::max, MILLIS);
    }

    /** Newer clients keep a total over partitions under the same name, without a topic. */
    Source byTopic(String group, String metric, Predicate<MetricName> which) {
      var ofTopics = is(group, metric).and(found -> found.tags().containsKey(TOPIC));
      return new Source(this, true, ofTopics.and(which), Double::sum, 1);
    }

    private static Predicate<MetricName> is(String group, String metric) {
      return found -> found.group().equals(group) && found.name().equals(metric);
    }
  }

  /** Which of Kafka's metrics a family is made of, and how values of the same labels combine. */
  private record Source(
      Description description,
      boolean isByTopic,
      Predicate<MetricName> which,
      BinaryOperator<Double> fold,
      double divisor) {
    Family family(Map<List<String>, Double> values) {
      return new Family(
          "headwater_stream_" + description.name(),
          description.help(),
          description.isCounter(),
          isByTopic ? List.of(APPLICATION, TOPIC) : List.of(APPLICATION),
          values);
    }

    void add(String application, MetricName name, Metric metric, Map<List<String>, Double> values) {
      if (which.test(name)
          && metric.metricValue() instanceof Number number
          && !Double.isNaN(number.doubleValue())) {
        var labels =
            isByTopic ? List.of(application, name.tags().get(TOPIC)) : List.of(application);
        values.merge(labels, number.doubleValue() / divisor, fold);
      }
    }
  }

  private static Description gauge(String name, String help) {
    return new Description(name, help, false);
  }

  private static Description counter(String name, String help) {
    return new Description(name, help, true);
  }

  private static boolean isRestore(MetricName found) {
    return found.tags().getOrDefault("client-id", "").endsWith("restore-consumer");
  }

  /** Reads all families; by application, what Kafka Streams says of it. */
  public static List<Family> read(Map<String, Map<MetricName, ? extends Metric>> applications) {
    var families = new ArrayList<Family>();
    for (Source source : SOURCES) {
      var values = new HashMap<List<String>, Double>();
      applications.forEach(
          (application, metrics) ->
              metrics.forEach((name, metric) -> source.add(application, name, metric, values)));
      values.keySet().removeAll(twins(values.keySet()));
      families.add(source.family(values));
    }
    return families;
  }

  /**
   * Consumers report a topic with periods twice, the second time with underscores; Kafka lets no
   * two topics exist that differ in these alone.
   */
  private static Set<List<String>> twins(Set<List<String>> labels) {
    return labels.stream()
        .filter(found -> found.get(found.size() - 1).contains("."))
        .map(found -> found.stream().map(label -> label.replace('.', '_')).toList())
        .collect(Collectors.toSet());
  }
}
