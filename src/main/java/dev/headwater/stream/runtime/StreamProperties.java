package dev.headwater.stream.runtime;

import static org.apache.kafka.clients.consumer.ConsumerConfig.FETCH_MAX_BYTES_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.GROUP_INSTANCE_ID_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.MAX_POLL_RECORDS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.BUFFER_MEMORY_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_REQUEST_SIZE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.TRANSACTION_TIMEOUT_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.streams.StreamsConfig.consumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.mainConsumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.producerPrefix;
import static org.apache.kafka.streams.StreamsConfig.topicPrefix;

import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;

/** Translates {@link StreamSettings} for Kafka Streams. */
public final class StreamProperties {
  public static final String INFERENCE = "inference";
  public static final String LEARNER = "learner";

  /** An instance also learns of a rebalance by its heartbeat. */
  private static final int HEARTBEATS_A_SESSION = 6;

  /** Partitions of which a consumer fetches ahead at the same time. */
  private static final int FETCHED_PARTITIONS = 4;

  /** The shortest that Kafka Streams allows: how soon tasks move to a standby that is ready. */
  private static final long PROBING_REBALANCE_MS = 60_000;

  /** Replicas that warm up at once before tasks move: they are a few MB to some hundred. */
  private static final int WARMUP_REPLICAS = 8;

  /** A record of the learner's state is up to 0.7 MB, one of inference's 3 KB. */
  private static final long ACCEPTABLE_LEARNER_LAG = 1_000;

  /** For the label budgets, which each image changes; no other store is cached. */
  private static final long STORE_CACHE_BYTES = 1L << 20;

  private StreamProperties() {}

  public static Properties ofInference(StreamSettings settings) {
    var properties =
        of(settings, INFERENCE, settings.threads().inference(), settings.batches().images());
    properties.put(topicPrefix(MAX_MESSAGE_BYTES_CONFIG), settings.kafka().maxRecordBytes());
    return properties;
  }

  public static Properties ofLearner(StreamSettings settings) {
    var properties =
        of(settings, LEARNER, settings.threads().learner(), settings.batches().examples());
    settings
        .instance()
        .advertised()
        .ifPresent(address -> properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, address));
    properties.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, ACCEPTABLE_LEARNER_LAG);
    return properties;
  }

  private static Properties of(
      StreamSettings settings, String application, int threads, Batch batch) {
    var properties = new Properties();
    properties.putAll(settings.kafka().clientProperties());
    properties.put(
        StreamsConfig.APPLICATION_ID_CONFIG, settings.instance().applicationPrefix() + application);
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.kafka().bootstrapServers());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.instance().stateDirectory().toString());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    properties.put(
        StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
        CommitRequester.backgroundInterval(settings.commitInterval()).toMillis());
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.kafka().replicationFactor());
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, STORE_CACHE_BYTES);
    properties.put(
        StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, ValidTimestampOrNow.class);
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDbConfig.class);
    properties.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.OPTIMIZE);
    FailFastExceptionHandlers.addTo(properties);
    addGroup(properties, settings);
    addBatches(properties, settings, batch);
    return properties;
  }

  /** How tasks are spread over instances, and move when one goes. */
  private static void addGroup(Properties properties, StreamSettings settings) {
    int session = (int) settings.failover().sessionTimeout().toMillis();
    properties.put(mainConsumerPrefix(GROUP_INSTANCE_ID_CONFIG), settings.instance().id());
    properties.put(consumerPrefix(SESSION_TIMEOUT_MS_CONFIG), session);
    properties.put(
        consumerPrefix(HEARTBEAT_INTERVAL_MS_CONFIG),
        Math.min(3_000, session / HEARTBEATS_A_SESSION));
    properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.failover().standbys());
    properties.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, PROBING_REBALANCE_MS);
    properties.put(StreamsConfig.MAX_WARMUP_REPLICAS_CONFIG, WARMUP_REPLICAS);
  }

  /** How much is taken at once, and how long that may take. */
  private static void addBatches(Properties properties, StreamSettings settings, Batch batch) {
    int fetch = settings.batches().maxFetchBytes();
    properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, batch.maxBuffered());
    properties.put(consumerPrefix(MAX_POLL_RECORDS_CONFIG), batch.maxPolled());
    properties.put(consumerPrefix(MAX_POLL_INTERVAL_MS_CONFIG), millis(batch.pollInterval()));
    properties.put(consumerPrefix(MAX_PARTITION_FETCH_BYTES_CONFIG), fetch / FETCHED_PARTITIONS);
    properties.put(consumerPrefix(FETCH_MAX_BYTES_CONFIG), fetch);
    properties.put(producerPrefix(MAX_REQUEST_SIZE_CONFIG), settings.kafka().maxRecordBytes());
    properties.put(producerPrefix(BUFFER_MEMORY_CONFIG), 2L * settings.kafka().maxRecordBytes());
    properties.put(
        producerPrefix(TRANSACTION_TIMEOUT_CONFIG),
        millis(batch.transactionTimeout(settings.commitInterval())));
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }
}
