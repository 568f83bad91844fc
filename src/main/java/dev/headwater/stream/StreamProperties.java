package dev.headwater.stream;

import static org.apache.kafka.clients.consumer.ConsumerConfig.FETCH_MAX_BYTES_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.GROUP_INSTANCE_ID_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG;
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

import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;

/** Translates {@link StreamSettings} for Kafka Streams. */
final class StreamProperties {
  /**
   * Images that wait in memory, and labels as many: of 16 MiB each, 4 partitions of 4, as many
   * again that were moved, and 8 more are 640 MiB.
   */
  private static final int BUFFERED_IMAGES = 4;

  private static final int POLLED_IMAGES = 8;

  /** Examples that wait in memory: 5 KB each. */
  private static final int BUFFERED_EXAMPLES = 256;

  private static final int PARTITION_FETCH_BYTES = 4 << 20;
  private static final int FETCH_BYTES = 16 << 20;
  private static final int TRANSACTION_TIMEOUT_MS = 60_000;
  private static final int SESSION_TIMEOUT_MS = 10_000;

  /** Holds the state that changes between two commits: 2 MB a model in training. */
  private static final long STORE_CACHE_BYTES = 64L << 20;

  private StreamProperties() {}

  static Properties ofEdge(StreamSettings settings) {
    var properties = of(settings, "edge", settings.edgeThreads());
    properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, BUFFERED_IMAGES);
    properties.put(consumerPrefix(MAX_POLL_RECORDS_CONFIG), POLLED_IMAGES);
    properties.put(topicPrefix(MAX_MESSAGE_BYTES_CONFIG), settings.maxRecordBytes());
    return properties;
  }

  static Properties ofLearner(StreamSettings settings) {
    var properties = of(settings, "learner", settings.learnerThreads());
    properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, BUFFERED_EXAMPLES);
    properties.put(consumerPrefix(MAX_POLL_RECORDS_CONFIG), BUFFERED_EXAMPLES);
    return properties;
  }

  private static Properties of(StreamSettings settings, String application, int threads) {
    var properties = new Properties();
    properties.putAll(settings.clientProperties());
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationPrefix() + application);
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDirectory().toString());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commitInterval().toMillis());
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.replicationFactor());
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, STORE_CACHE_BYTES);
    properties.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, AnyTimestamp.class);
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
    properties.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.OPTIMIZE);
    properties.put(mainConsumerPrefix(GROUP_INSTANCE_ID_CONFIG), settings.instanceId());
    properties.put(consumerPrefix(SESSION_TIMEOUT_MS_CONFIG), SESSION_TIMEOUT_MS);
    properties.put(consumerPrefix(MAX_PARTITION_FETCH_BYTES_CONFIG), PARTITION_FETCH_BYTES);
    properties.put(consumerPrefix(FETCH_MAX_BYTES_CONFIG), FETCH_BYTES);
    properties.put(producerPrefix(MAX_REQUEST_SIZE_CONFIG), settings.maxRecordBytes());
    properties.put(producerPrefix(BUFFER_MEMORY_CONFIG), 2L * settings.maxRecordBytes());
    properties.put(producerPrefix(TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_TIMEOUT_MS);
    return properties;
  }
}
