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
 * Chooses from the thousands of metrics that Kafka Streams and its clients keep those that an
 * operator needs, and puts those of threads, tasks and partitions together: what remains is a value
 * an application, or a value a topic.
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

  private StreamMetrics() {}

  /** Where a measure comes from, and how values of one label are put together. */
  private record Source(
      String name,
      String help,
      boolean total,
      boolean byTopic,
      String group,
      String metric,
      Predicate<MetricName> which,
      BinaryOperator<Double> fold,
      double divisor) {
    static Source sum(String name, String help, boolean total, String group, String metric) {
      return new Source(name, help, total, false, group, metric, any -> true, Double::sum, 1);
    }

    static Source slowest(String name, String help, String metric) {
      return new Source(name, help, false, false, THREADS, metric, any -> true, Math::max, MILLIS);
    }

    static Source ofTopics(String name, String help, boolean total, String group, String metric) {
      return new Source(
          name, help, total, true, group, metric, StreamMetrics::ofTopic, Double::sum, 1);
    }

    Source of(Predicate<MetricName> more) {
      return new Source(name, help, total, byTopic, group, metric, which.and(more), fold, divisor);
    }

    boolean takes(MetricName found) {
      return found.group().equals(group) && found.name().equals(metric) && which.test(found);
    }
  }

  private static final List<Source> SOURCES =
      List.of(
          Source.sum("threads", "Stream threads alive.", false, CLIENT, "alive-stream-threads"),
          Source.sum(
              "failed_threads",
              "Stream threads that failed.",
              true,
              CLIENT,
              "failed-stream-threads"),
          Source.sum("records", "Records processed.", true, THREADS, "process-total"),
          Source.sum("commits", "Commits.", true, THREADS, "commit-total"),
          Source.slowest(
              "commit_seconds_avg", "Mean time of a commit lately.", "commit-latency-avg"),
          Source.slowest(
              "commit_seconds_max", "Longest time of a commit lately.", "commit-latency-max"),
          Source.slowest(
              "process_seconds_max", "Longest time of a record lately.", "process-latency-max"),
          Source.sum(
              "rebalances",
              "Times that work was shared out anew, by threads.",
              true,
              COORDINATION,
              "rebalance-total"),
          Source.sum(
              "restoring_tasks",
              "Tasks that wait for their state.",
              false,
              UPDATER,
              "active-restoring-tasks"),
          Source.sum(
              "restored_records_per_second",
              "Records of state read from Kafka, lately.",
              false,
              UPDATER,
              "restore-records-rate"),
          Source.ofTopics(
                  "lag_records", "Records that wait to be read.", false, FETCHES, "records-lag")
              .of(found -> !isRestore(found)),
          Source.ofTopics(
                  "copy_lag_records",
                  "Records of state that are still to be read, for tasks and for copies.",
                  false,
                  FETCHES,
                  "records-lag")
              .of(StreamMetrics::isRestore),
          Source.ofTopics("written_bytes", "Bytes written.", true, SENT, "byte-total"),
          Source.ofTopics("written_records", "Records written.", true, SENT, "record-send-total"));

  /** Newer clients keep a total over partitions under the same name, without a topic. */
  private static boolean ofTopic(MetricName found) {
    return found.tags().containsKey(TOPIC);
  }

  private static boolean isRestore(MetricName found) {
    return found.tags().getOrDefault("client-id", "").endsWith("restore-consumer");
  }

  /** Reads all measures; by application, what Kafka Streams says of it. */
  public static List<Meter> read(Map<String, Map<MetricName, ? extends Metric>> applications) {
    var meters = new ArrayList<Meter>();
    for (Source source : SOURCES) {
      var values = new HashMap<List<String>, Double>();
      applications.forEach(
          (application, metrics) ->
              metrics.forEach((name, metric) -> add(source, application, name, metric, values)));
      values.keySet().removeAll(twins(values.keySet()));
      var labels = source.byTopic() ? List.of(APPLICATION, TOPIC) : List.of(APPLICATION);
      meters.add(
          new Meter(
              "headwater_stream_" + source.name(), source.help(), source.total(), labels, values));
    }
    return meters;
  }

  /**
   * Consumers tell of a topic with periods twice, the second time with underscores; Kafka lets no
   * two topics be that differ in these alone.
   */
  private static Set<List<String>> twins(Set<List<String>> labels) {
    return labels.stream()
        .filter(found -> found.get(found.size() - 1).contains("."))
        .map(found -> found.stream().map(label -> label.replace('.', '_')).toList())
        .collect(Collectors.toSet());
  }

  private static void add(
      Source source,
      String application,
      MetricName name,
      Metric metric,
      Map<List<String>, Double> values) {
    if (!source.takes(name)
        || !(metric.metricValue() instanceof Number number)
        || Double.isNaN(number.doubleValue())) {
      return;
    }
    var labels =
        source.byTopic() ? List.of(application, name.tags().get(TOPIC)) : List.of(application);
    values.merge(labels, number.doubleValue() / source.divisor(), source.fold());
  }
}
