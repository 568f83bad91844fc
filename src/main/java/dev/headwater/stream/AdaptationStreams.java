package dev.headwater.stream;

import dev.headwater.learner.LiveModels;
import dev.headwater.stream.runtime.GroupHandover;
import dev.headwater.stream.runtime.StreamClients;
import dev.headwater.stream.runtime.StreamMetrics;
import dev.headwater.stream.runtime.StreamProperties;
import dev.headwater.stream.runtime.StreamSettings;
import dev.headwater.stream.runtime.ThreadFaults;
import dev.headwater.topics.TopicNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jboss.logging.Logger;

/** The life cycle of the two Kafka Streams applications, inference and learner. */
public final class AdaptationStreams implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(AdaptationStreams.class);

  /** Part of the name that Kafka Streams gives it. */
  private static final String GLOBAL_THREAD = "GlobalStreamThread";

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private final AdaptationParts parts;
  private final StreamSettings settings;
  private final KafkaStreams inference;
  private final KafkaStreams learner;
  private final ModelQueries queries;
  private final Classifier classifier;
  private final ThreadFaults faults;
  private GroupHandover handover;

  public AdaptationStreams(TopicNames topics, AdaptationParts parts, StreamSettings settings) {
    this.parts = parts;
    this.settings = settings;
    var live = new LiveModels();
    var topology = new AdaptationTopology(topics, parts, settings.commitInterval(), live);
    inference = streams(topology.inference(), StreamProperties.ofInference(settings));
    learner = streams(topology.learner(), StreamProperties.ofLearner(settings));
    var hosts = new LearnerHosts(learner, topics.examples(), settings.instance().advertised());
    queries = new ModelQueries(learner, hosts, live, parts.catalog());
    var threads = settings.threads();
    classifier = parts.classifier(new ServedHeads(this::servedHead), threads.inference());
    faults = new ThreadFaults(threads.inference() + threads.learner(), parts.statefulTasks());
    inference.setUncaughtExceptionHandler(fault -> onFault(StreamProperties.INFERENCE, fault));
    learner.setUncaughtExceptionHandler(fault -> onFault(StreamProperties.LEARNER, fault));
  }

  private static KafkaStreams streams(Topology topology, Properties properties) {
    return new KafkaStreams(topology, properties, new StreamClients());
  }

  private StreamThreadExceptionResponse onFault(String application, Throwable fault) {
    var verdict =
        Thread.currentThread().getName().contains(GLOBAL_THREAD)
            ? ThreadFaults.ofGlobalThread(application)
            : faults.add(application, fault, System.nanoTime());
    LOG.error(verdict.sentence(), fault);
    return verdict.isReplaced()
        ? StreamThreadExceptionResponse.REPLACE_THREAD
        : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /** Starts processing; returns at once. */
  public void start() {
    handover = GroupHandover.of(settings, inference, learner);
    learner.start();
    inference.start();
  }

  /** Whether both applications are running and none rebalances. */
  public boolean isRunning() {
    return inference.state() == State.RUNNING && learner.state() == State.RUNNING;
  }

  /** Whether it has stopped for good, by itself or by {@link #close}. */
  public boolean hasStopped() {
    return hasStopped(inference) || hasStopped(learner);
  }

  private static boolean hasStopped(KafkaStreams streams) {
    return streams.state().hasCompletedShutdown() || streams.state() == State.ERROR;
  }

  /** For people: each of the two is CREATED, REBALANCING, RUNNING, … */
  public String stateName() {
    return "inference %s, learner %s".formatted(inference.state(), learner.state());
  }

  /** Returns the metrics of the stream threads and their Kafka clients. */
  public List<StreamMetrics.Family> metrics() {
    return StreamMetrics.read(
        Map.of(
            StreamProperties.INFERENCE,
            inference.metrics(),
            StreamProperties.LEARNER,
            learner.metrics()));
  }

  /** Answers questions about the models whose learners run here. */
  public ModelQueries queries() {
    return queries;
  }

  /** Asks heads in service about single images; whose learners run where does not matter. */
  public Classifier classifier() {
    return classifier;
  }

  private byte[] servedHead(String model) {
    try {
      return ModelQueries.store(inference, ServedHeadStore.NAME).get(model);
    } catch (InvalidStateStoreException e) {
      throw new NotReadyException(
          "the heads in service are not readable while the service is " + stateName(), e);
    }
  }

  /**
   * Stops: finishes the records in hand and commits. Other instances take over at once; if there
   * are none, this one stays a member of its group until the session times out, so that a restart
   * gets the same tasks.
   */
  @Override
  public void close() {
    if (handover == null) {
      inference.close(CLOSE_TIMEOUT);
      learner.close(CLOSE_TIMEOUT);
    } else if (!handover.stop(CLOSE_TIMEOUT)) {
      LOG.warnf("The stream threads did not stop within %d s", CLOSE_TIMEOUT.toSeconds());
    }
    parts.embedders().close();
  }

  /** Says that the state cannot be read at the moment. */
  public static final class NotReadyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotReadyException(String message) {
      super(message);
    }

    NotReadyException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
