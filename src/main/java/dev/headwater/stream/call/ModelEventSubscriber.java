package dev.headwater.stream.call;

import dev.headwater.event.Json;
import dev.headwater.event.ModelEvent;
import dev.headwater.stream.runtime.StreamSettings;
import dev.headwater.topics.TopicNames;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Follows the model events of all instances from now on, and tells those who listen. Thread-safe;
 * it has one thread.
 */
public final class ModelEventSubscriber implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ModelEventSubscriber.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration START = Duration.ofSeconds(10);
  private static final long STOP_MILLIS = 10_000;

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
  private final CountDownLatch inPlace = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "headwater-events");
  private boolean hasFailed;

  /** Is told of each event, on the tail's thread: it must not wait for anything. */
  public interface Listener {
    void on(ModelEvent event);
  }

  /** Listens until it is closed. */
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  ModelEventSubscriber(Consumer<byte[], byte[]> consumer, String topic) {
    this.consumer = consumer;
    this.topic = topic;
    thread.setDaemon(true);
  }

  /** Starts to follow; returns once it is in place, or, with a warning, without that. */
  public static ModelEventSubscriber start(TopicNames topics, StreamSettings settings) {
    var tail = new ModelEventSubscriber(ClientFactory.consumer(settings), topics.modelEvents());
    tail.start();
    return tail;
  }

  void start() {
    thread.start();
    try {
      if (!inPlace.await(START.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warnf(
            "Topic %s is not followed yet: commands over HTTP go without an answer until it is",
            topic);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tells a listener of each event from now on. */
  public Subscription listen(Listener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private void run() {
    try (consumer) {
      while (closing.getCount() > 0) {
        follow();
      }
    } catch (WakeupException e) {
      LOG.debug("No longer following events");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() throws InterruptedException {
    try {
      if (inPlace.getCount() > 0) {
        takePlace();
      }
      consumer.poll(POLL).forEach(this::tell);
      followMore();
      hasFailed = false;
    } catch (WakeupException e) {
      throw e;
    } catch (KafkaException e) {
      if (!hasFailed) {
        hasFailed = true;
        LOG.warnf("Topic %s cannot be followed, trying on: %s", topic, e.getMessage());
      }
      closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Asks for the position, since an end is looked up only then. */
  private void takePlace() {
    var partitions = partitions();
    if (partitions.isEmpty()) {
      throw new UnknownTopicOrPartitionException("there is no topic " + topic);
    }
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    inPlace.countDown();
  }

  /**
   * Follows partitions that were added from their beginning: nothing in them is older than that.
   */
  private void followMore() {
    var found = partitions();
    var known = consumer.assignment();
    if (known.containsAll(found)) {
      return;
    }
    var added = new HashSet<>(found);
    added.removeAll(known);
    consumer.assign(found);
    consumer.seekToBeginning(added);
  }

  private List<TopicPartition> partitions() {
    return consumer.partitionsFor(topic).stream()
        .map(found -> new TopicPartition(topic, found.partition()))
        .toList();
  }

  private void tell(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    try {
      var event = Json.MAPPER.readValue(record.value(), ModelEvent.class);
      if (event == null || event.model() == null) {
        throw new IOException("no model is named");
      }
      listeners.forEach(listener -> tell(listener, event));
    } catch (IOException e) {
      LOG.warnf(
          "Record %s-%d-%d is no model event that this build knows, and is passed over",
          record.topic(), record.partition(), record.offset());
    }
  }

  /** One listener's failure is not to keep the event from the others. */
  private static void tell(Listener listener, ModelEvent event) {
    try {
      listener.on(event);
    } catch (RuntimeException e) {
      LOG.errorf(e, "A listener failed at an event of model %s", event.model());
    }
  }

  @Override
  public void close() {
    closing.countDown();
    consumer.wakeup();
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
