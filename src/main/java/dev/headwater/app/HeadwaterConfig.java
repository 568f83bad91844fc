package dev.headwater.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that can be configured, as {@code headwater.…} properties or {@code HEADWATER_…}
 * environment variables. Kafka's own client properties are {@code kafka.…}; where {@code
 * kafka.bootstrap.servers} is set, the embedded broker does not start.
 */
@ConfigMapping(prefix = "headwater")
public interface HeadwaterConfig {
  /** Directory of the embedded broker's data and the streams' state; one process at a time. */
  Path data();

  /** The same file as {@link Backbone#weights}, under the name that the command line uses. */
  Optional<String> weights();

  /** What every topic's name begins with. */
  @WithDefault("headwater.")
  String topicPrefix();

  Http http();

  Broker broker();

  Topics topics();

  Backbone backbone();

  Image image();

  Learner learner();

  Snapshot snapshot();

  Release release();

  Stream stream();

  Labels labels();

  Models models();

  /** What is configured of single models, by name. */
  Map<String, Model> model();

  /** Who may ask what over HTTP. */
  interface Http {
    /** What callers show, at least 16 characters; default: {@code api-token} in the directory. */
    Optional<String> token();

    /**
     * What needs no token off loopback either: {@code health}, {@code metrics}, {@code reading}.
     */
    Optional<List<String>> open();

    /** Whether reading needs no token on loopback; {@code false} behind a proxy on this machine. */
    @WithDefault("true")
    boolean openOnLoopback();

    /** {@code host:port} at which other instances reach this one; default: what is bound. */
    Optional<String> advertised();

    /** What a caller known by OIDC must be, in order to change something. */
    @WithDefault("headwater")
    String role();
  }

  /** The embedded broker. */
  interface Broker {
    /** Port on loopback, 1 to 65535; 0 picks a free one. */
    @WithDefault("9092")
    int port();
  }

  /** How topics are created. */
  interface Topics {
    /** Partitions of topics keyed by image id: how far inference scales out; at least 1. */
    @WithDefault("4")
    int imagePartitions();

    /** Partitions of topics keyed by model: how many learners work at once; at least 1. */
    @WithDefault("4")
    int modelPartitions();

    /** How long images and results are kept; at least 1 minute. */
    @WithDefault("7d")
    Duration retention();

    /** Largest image or dead-letter record, in bytes; at least 1048576. */
    @WithDefault("25165824")
    int maxMessageBytes();

    /** Replicas of each topic on an external cluster; -1 for the cluster's default. */
    @WithDefault("-1")
    int replicationFactor();
  }

  /** The frozen part. */
  interface Backbone {
    /** A Keras HDF5 file of MobileNetV2, or {@code auto}: cache, Keras' file, npm stand-in. */
    @WithDefault("auto")
    String weights();

    /** {@code onnx} (ONNX Runtime) or {@code dl4j}, some 15 times slower. */
    @WithDefault("onnx")
    dev.headwater.backbone.Engine engine();
  }

  /** What an image may weigh. */
  interface Image {
    /** Largest file, in bytes. */
    @WithDefault("16777216")
    long maxBytes();

    /** Largest width times height. */
    @WithDefault("25000000")
    long maxPixels();
  }

  /** How heads are trained. */
  interface Learner {
    /** Examples in a mini-batch, 1 to 1024. */
    @WithDefault("8")
    int batchSize();

    /** Mini-batches of past examples replayed after each new one, 0 to 64. */
    @WithDefault("4")
    int replayBatches();

    /** Past examples kept for replay, 2 to 1000000. */
    @WithDefault("2000")
    int reservoirCapacity();

    /** What drift leads to, beside an event: {@code adapt} or {@code report}, which is nothing. */
    @WithDefault("adapt")
    dev.headwater.learner.model.DriftReaction onDrift();

    /** Of the first weights and of every draw. */
    @WithDefault("42")
    long seed();
  }

  /** When a head becomes a snapshot. */
  interface Snapshot {
    /** After so many labelled examples, at least 1; early ones as examples double. */
    @WithDefault("64")
    int examples();

    /** And so long after an example that no snapshot has. */
    @WithDefault("10s")
    Duration interval();
  }

  /** How versions come into service and leave it. */
  interface Release {
    /** When a new version serves: {@code continuous}, {@code gated} or {@code manual}. */
    @WithDefault("continuous")
    dev.headwater.event.PromotionPolicy policy();

    /**
     * What follows, beside an event, when the version in service is much worse than an earlier one:
     * {@code report} or {@code roll-back}.
     */
    @WithDefault("report")
    dev.headwater.learner.model.RegressionReaction onRegression();

    /** Newest versions kept to go back to, 2 to 100. */
    @WithDefault("10")
    int keep();
  }

  /** How the topology runs. */
  interface Stream {
    /** What consumer groups and internal topics are named after; default: the topic prefix. */
    Optional<String> applicationPrefix();

    /** Threads that decode, embed and predict, 1 to 256; default: one a core. */
    Optional<Integer> inferenceThreads();

    /** Threads that train, 1 to 256; a model is trained by one. Default: one for two cores. */
    Optional<Integer> learnerThreads();

    /**
     * Time between commits, 10 ms to 30 s: how long a prediction waits to be seen, unless its image
     * has waited for half a second itself and has no label.
     */
    @WithDefault("100ms")
    Duration commitInterval();

    /**
     * Standby replicas of each task's state on other instances, 0 to 5; default: 1 on an external
     * cluster.
     */
    Optional<Integer> standbys();

    /**
     * After how long without a heartbeat of an instance others take over; 1 s to 30 min. Default: 6
     * s on an external cluster; 45 s on the embedded one, where there are no others.
     */
    Optional<Duration> sessionTimeout();
  }

  /** Labels that come by themselves. */
  interface Labels {
    /**
     * How long an image is remembered, for its label and to know it again, and a label waits for
     * its image; 1 minute to 30 days.
     */
    @WithDefault("24h")
    Duration retention();

    /** Share of images whose label is asked for, 0 to 1. */
    @WithDefault("0.1")
    double budget();
  }

  /** Which models there may be. */
  interface Models {
    /** Whether an event may name a model that is not configured. */
    @WithDefault("true")
    boolean autoCreate();

    /** Most models, configured or not, that may wait for their first head; at least 1. */
    @WithDefault("20")
    int limit();
  }

  /** One model. */
  interface Model {
    /** Two class names, negative first. */
    @WithDefault("negative,positive")
    List<String> classes();

    /**
     * From where on the positive class is predicted: a probability between 0 and 1, {@code best-f1}
     * or {@code precision>=0.9}, tuned on the newest answers.
     */
    @WithDefault("0.5")
    String threshold();

    /** When a new version serves; default: {@code headwater.release.policy}. */
    Optional<dev.headwater.event.PromotionPolicy> policy();
  }
}
