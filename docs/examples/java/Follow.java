import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Scores an embedding with the head in service, and goes over to each new one without a stop. Needs
 * kafka-clients and Jackson; those of a built Headwater will do:
 *
 * <pre>java -cp 'target/quarkus-app/lib/main/*' docs/examples/java/Follow.java localhost:9092 default x.f32 [PREFIX]</pre>
 *
 * x.f32 is one embedding, 1280 32-bit floats, little-endian (NumPy: {@code
 * x.astype("<f4").tofile("x.f32")}). PREFIX is what the topics' names begin with: "headwater.".
 *
 * <p>The topic "serving" is compacted to the newest head of each model: it is read from the
 * beginning, outside of any group, with isolation level read_committed. A head is written in the
 * same transaction as what was learnt for it; one of a transaction that came to nothing never was in
 * service, and its number is given to another one later.
 */
public final class Follow {
  /** One version of a head. It never changes: what scores takes it once and sees one version. */
  public record Head(
      long version,
      String backbone,
      String negative,
      String positive,
      double threshold,
      float[] kernel,
      float[] bias,
      float[] outputKernel,
      float outputBias) {

    /** Reads a safetensors file: the header's length, a header of JSON, 32-bit floats. */
    public static Head read(byte[] file) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
      long length = file.length < 8 ? 0 : buffer.getLong();
      if (length < 2 || length > file.length - 8) {
        throw new IOException("a header of " + length + " bytes in a file of " + file.length);
      }
      JsonNode header = JSON.readTree(file, 8, (int) length);
      JsonNode metadata = header.path("__metadata__");
      String format =
          metadata.path("format").asText() + " " + metadata.path("format_version").asText();
      if (!format.equals("headwater-head 1")) {
        throw new IOException("unknown format " + format);
      }
      ByteBuffer data = buffer.slice(8 + (int) length, file.length - 8 - (int) length);
      JsonNode classes = JSON.readTree(metadata.path("classes").asText());
      return new Head(
          metadata.path("version").asLong(),
          metadata.path("backbone").asText(),
          classes.path(0).asText(),
          classes.path(1).asText(),
          metadata.path("threshold").asDouble(),
          tensor(header.path("dense/kernel"), data),
          tensor(header.path("dense/bias"), data),
          tensor(header.path("dense_1/kernel"), data),
          tensor(header.path("dense_1/bias"), data)[0]);
    }

    private static float[] tensor(JsonNode entry, ByteBuffer data) throws IOException {
      int begin = entry.path("data_offsets").path(0).asInt(-1);
      int end = entry.path("data_offsets").path(1).asInt(-1);
      if (begin < 0 || end <= begin || end > data.capacity()) {
        throw new IOException("a tensor at bytes " + begin + " to " + end);
      }
      float[] values = new float[(end - begin) / Float.BYTES];
      data.slice(begin, end - begin).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
      return values;
    }

    /** Returns the probability of the positive class. */
    public double probability(float[] embedding) {
      if (embedding.length * bias.length != kernel.length) {
        throw new IllegalArgumentException(
            embedding.length + " values, expected " + kernel.length / bias.length);
      }
      double logit = outputBias;
      for (int unit = 0; unit < bias.length; unit++) {
        double sum = bias[unit];
        for (int i = 0; i < embedding.length; i++) {
          sum += (double) embedding[i] * kernel[i * bias.length + unit];
        }
        logit += Math.max(sum, 0) * outputKernel[unit];
      }
      return 1 / (1 + Math.exp(-logit));
    }

    public String label(double probability) {
      return probability >= threshold ? positive : negative;
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private Follow() {}

  public static void main(String[] arguments) throws Exception {
    String model = arguments[1];
    float[] embedding = embedding(Path.of(arguments[2]));
    String topic = (arguments.length > 3 ? arguments[3] : "headwater.") + "serving";
    AtomicReference<Head> serving = new AtomicReference<>();
    Thread follower = new Thread(() -> follow(arguments[0], topic, model, serving), "follow");
    follower.setDaemon(true);
    follower.start();
    while (follower.isAlive()) {
      Head head = serving.get(); // taken once: what follows is of one version
      if (head != null) {
        double p = head.probability(embedding);
        System.out.printf("%.6f %s by version %d%n", p, head.label(p), head.version());
      }
      Thread.sleep(1000);
    }
    System.exit(1);
  }

  /** Puts each new head of a model into {@code serving}: one write, and it is in service. */
  static void follow(
      String bootstrap, String topic, String model, AtomicReference<Head> serving) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed");
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList());
      consumer.seekToBeginning(consumer.assignment());
      while (true) {
        for (var found : consumer.poll(Duration.ofSeconds(1))) {
          if (model.equals(found.key()) && found.value() != null) {
            accept(found.value(), serving);
          }
        }
      }
    }
  }

  /** Whatever is wrong with a record, the last good head stays. */
  static void accept(byte[] file, AtomicReference<Head> serving) {
    try {
      serving.set(Head.read(file));
    } catch (IOException e) {
      System.err.println("a head is passed over: " + e.getMessage());
    }
  }

  private static float[] embedding(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }
}
