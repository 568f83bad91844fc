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

/** Reads the model events of all instances from now on, for listeners. Thread-safe; one thread. */
public final class ModelEventSubscriber implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ModelEventSubscriber.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration START = Duration.ofSeconds(10);
  private static final long STOP_MILLIS = 10_000;

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
  private final CountDownLatch positioned = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "headwater-events");
  private boolean hasFailed;

  /** Receives each event on the subscriber's thread; it must not block. */
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

  /** Starts reading; returns once it is positioned, or after 10 s with a warning. */
  public static ModelEventSubscriber start(TopicNames topics, StreamSettings settings) {
    var subscriber =
        new ModelEventSubscriber(ClientFactory.consumer(settings), topics.modelEvents());
    subscriber.start();
    return subscriber;
  }

  void start() {
    thread.start();
    try {
      if (!positioned.await(START.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warnf("Cannot read topic %s yet: until then commands over HTTP get no answer", topic);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Passes each event from now on to a listener. */
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
      LOG.debug("Stopped reading model events");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() throws InterruptedException {
    try {
      if (positioned.getCount() > 0) {
        seekToEnd();
      }
      consumer.poll(POLL).forEach(this::tell);
      addPartitions();
      hasFailed = false;
    } catch (WakeupException e) {
      throw e;
    } catch (KafkaException e) {
      if (!hasFailed) {
        hasFailed = true;
        LOG.warnf("Cannot read topic %s, will retry: %s", topic, e.getMessage());
      }
      closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Asks for the position, since the end is looked up only then. */
  private void seekToEnd() {
    var partitions = partitions();
    if (partitions.isEmpty()) {
      throw new UnknownTopicOrPartitionException("there is no topic " + topic);
    }
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    positioned.countDown();
  }

  /** Reads partitions that were added from their beginning: nothing in them is older. */
  private void addPartitions() {
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
          "Skipped record %s-%d-%d: not a model event that this build knows",
          record.topic(), record.partition(), record.offset());
    }
  }

  /** A listener that fails must not keep the event from the others. */
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
