package dev.headwater.stream;

import dev.headwater.evaluation.ScoreCard;
import dev.headwater.event.ModelStatus;
import dev.headwater.event.ModelVersion;
import dev.headwater.learner.LiveModels;
import dev.headwater.learner.ModelView;
import dev.headwater.learner.model.LearnerByteStores;
import dev.headwater.learner.model.ScoreReport;
import dev.headwater.stream.runtime.GroupHandover;
import dev.headwater.stream.runtime.Meter;
import dev.headwater.stream.runtime.StreamClients;
import dev.headwater.stream.runtime.StreamMetrics;
import dev.headwater.stream.runtime.StreamProperties;
import dev.headwater.stream.runtime.StreamSettings;
import dev.headwater.stream.runtime.ThreadFaults;
import dev.headwater.stream.runtime.WorkShare;
import dev.headwater.topics.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jboss.logging.Logger;

/**
 * Inference and learner, running: start, stop, state, and what the learner's store says of the
 * models.
 */
public final class AdaptationStreams implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(AdaptationStreams.class);

  /** Part of the name that Kafka Streams gives it. */
  private static final String GLOBAL_THREAD = "GlobalStreamThread";

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private final AdaptationParts parts;
  private final LiveModels live = new LiveModels();
  private final KafkaStreams inference;
  private final KafkaStreams learner;
  private final String examples;
  private final StreamSettings settings;
  private final Classifier classifier;
  private final ThreadFaults faults;
  private GroupHandover handover;

  public AdaptationStreams(TopicNames topics, AdaptationParts parts, StreamSettings settings) {
    this.parts = parts;
    this.settings = settings;
    examples = topics.examples();
    var topology = new AdaptationTopology(topics, parts, settings.commitInterval(), live);
    inference = streams(topology.inference(), StreamProperties.ofInference(settings));
    learner = streams(topology.learner(), StreamProperties.ofLearner(settings));
    classifier = parts.classifier(new ServedHeads(this::servedHead), settings.inferenceThreads());
    faults =
        new ThreadFaults(
            settings.inferenceThreads() + settings.learnerThreads(), parts.statefulTasks());
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
    return verdict.isMended()
        ? StreamThreadExceptionResponse.REPLACE_THREAD
        : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /** Starts processing; returns at once. */
  public void start() {
    handover = GroupHandover.of(settings, inference, learner);
    learner.start();
    inference.start();
  }

  /** Whether all threads have their work and are at it. */
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

  /** How much of the work this instance has, and of how much it keeps a copy for others. */
  public WorkShare share() {
    return WorkShare.of(learner).plus(WorkShare.of(inference));
  }

  /** Returns how the work goes, as Kafka Streams and its clients measure it. */
  public List<Meter> meters() {
    return StreamMetrics.read(
        Map.of(
            StreamProperties.INFERENCE,
            inference.metrics(),
            StreamProperties.LEARNER,
            learner.metrics()));
  }

  /**
   * Returns how the models are doing whose learners run here, by name.
   *
   * @throws NotReadyException while the stores move or are being restored
   */
  public List<ModelStatus> models() {
    return ask(List.of(), this::readModels);
  }

  private List<ModelStatus> readModels() {
    var saved = savedModels();
    var models = new ArrayList<ModelStatus>();
    try (var entries = learnerStore(LearnerByteStores.PROGRESS).all()) {
      entries.forEachRemaining(
          entry ->
              live.view(entry.key, saved)
                  .map(view -> status(entry.key, view))
                  .ifPresent(models::add));
    }
    models.sort(Comparator.comparing(ModelStatus::model));
    return models;
  }

  private ModelView.Source savedModels() {
    return new ModelView.Source(
        learnerStore(LearnerByteStores.PROGRESS)::get,
        learnerStore(LearnerByteStores.VERSIONS)::get,
        learnerStore(LearnerByteStores.SCORES)::get);
  }

  /**
   * Returns the versions that are kept of a model whose learner runs here, newest first; empty if
   * there is no such model here.
   *
   * @throws NotReadyException while the stores move or are being restored
   */
  public Optional<List<ModelVersion>> versions(String model) {
    return ask(
        Optional.empty(),
        () -> live.view(model, savedModels()).map(view -> view.release().newestFirst()));
  }

  /**
   * Returns the file of a version that is kept of a model whose learner runs here; empty if there
   * is none.
   *
   * @throws NotReadyException while the stores move or are being restored
   */
  public Optional<byte[]> versionFile(String model, long version) {
    return ask(
        Optional.empty(),
        () -> live.versionFile(model, version, learnerStore(LearnerByteStores.VERSIONS)::get));
  }

  /** Which instance has which model's learner. */
  public LearnerHosts places() {
    return new LearnerHosts(learner, examples, settings.advertised());
  }

  /** Asks heads in service about single images; whose learners run where does not matter. */
  public Classifier classifier() {
    return classifier;
  }

  private byte[] servedHead(String model) {
    try {
      return store(inference, ServedHeadStore.NAME).get(model);
    } catch (InvalidStateStoreException e) {
      throw new NotReadyException(
          "the heads in service are not readable while the service is " + stateName(), e);
    }
  }

  /** Where no learner is to be, Kafka Streams has no store to ask, and there is nothing to know. */
  private <T> T ask(T nothing, Supplier<T> question) {
    try {
      return question.get();
    } catch (InvalidStateStoreException e) {
      if (places().hasNone()) {
        return nothing;
      }
      throw new NotReadyException(
          "the learners' state is not readable while the service is " + stateName(), e);
    }
  }

  private ReadOnlyKeyValueStore<String, byte[]> learnerStore(String name) {
    return store(learner, name);
  }

  private ReadOnlyKeyValueStore<String, byte[]> store(KafkaStreams streams, String name) {
    try {
      return streams.store(
          StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore()));
    } catch (IllegalStateException e) {
      throw new NotReadyException("nothing is readable while the service is " + stateName(), e);
    }
  }

  private ModelStatus status(String model, ModelView view) {
    var state = view.state();
    var counts = state.counts();
    var release = view.release();
    var scores = new ScoreReport(view.scores());
    var settings = parts.catalog().settings(model);
    return new ModelStatus(
        model,
        state.version(),
        counts.examples(),
        counts.predictions(),
        counts.repeated(),
        counts.corrections(),
        scores.accuracy(),
        scores.windowAccuracy(),
        ScoreCard.WINDOW,
        scores.servedAccuracy(),
        scores.servedExamples(),
        scores.trained(),
        scores.served(),
        scores.servedVersions(),
        scores.domains(),
        settings.classes(),
        state.backbone(),
        state.reducedQuality(),
        release.served(),
        release.pinned(),
        release.policy() == null ? settings.policy() : release.policy());
  }

  /**
   * Stops: finishes what is in hand, commits, and lets go. Other instances take over at once; if
   * there are none, Kafka keeps this one's place until the session times out, so that a restart
   * finds its work where it was.
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

  /** Says that an answer is not to be had at the moment. */
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
