package dev.headwater.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headwater.broker.TestBroker;
import dev.headwater.event.ImageHeaders;
import dev.headwater.topics.TopicNames;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Labelled images that are sent at a steady pace, as far as they are allowed: drawn PNG files for
 * several models in turn. One in five gets its label by an event of its own, and one in ten is sent
 * twice. The producer is idempotent and never gives up, so that what it sent is in Kafka once.
 */
final class LabelledLoad implements AutoCloseable {
  /** Far enough apart in the key's hash that they have three partitions, hence several learners. */
  static final List<String> MODELS = List.of("bottles", "leaves", "screws");

  private static final int SIDE = 24;
  private static final TopicNames TOPICS = TopicNames.withDefaultPrefix();

  private final KafkaProducer<byte[], byte[]> producer;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Queue<SentImage> sent = new ConcurrentLinkedQueue<>();
  private final SplittableRandom random;
  private final String prefix;
  private volatile int allowed;
  private int next;

  /** An image that was sent with a label. */
  record SentImage(String id, String model) {}

  /**
   * @param prefix of the images' ids
   * @param perSecond images
   */
  LabelledLoad(TestBroker broker, String prefix, long seed, int perSecond) {
    this.prefix = prefix;
    random = new SplittableRandom(seed);
    producer =
        broker.producer(
            Map.of(
                "enable.idempotence",
                true,
                "retries",
                Integer.MAX_VALUE,
                "delivery.timeout.ms",
                Integer.MAX_VALUE,
                "max.block.ms",
                (long) Integer.MAX_VALUE));
    clock.scheduleAtFixedRate(this::sendIfAllowed, 0, 1_000_000 / perSecond, TimeUnit.MICROSECONDS);
  }

  /** Lets so many images be sent in all. */
  void allow(int images) {
    allowed = images;
  }

  private void sendIfAllowed() {
    if (next >= allowed || failure.get() != null) {
      return;
    }
    try {
      send(next);
      next++;
    } catch (RuntimeException e) {
      failure.set(e);
    }
  }

  private void send(int n) {
    String id = prefix + "-" + n;
    String model = MODELS.get(n % MODELS.size());
    boolean positive = random.nextBoolean();
    String label = positive ? "1" : "0";
    boolean late = n % 5 == 4;
    byte[] file = png(positive);
    int partition = random.nextInt(4);
    send(image(id, model, file, partition, late ? null : label));
    if (late) {
      send(new ProducerRecord<>(TOPICS.labels(), id.getBytes(UTF_8), label.getBytes(UTF_8)));
    }
    if (n % 10 == 7) {
      send(image(id, model, file, partition, late ? null : label));
    }
    sent.add(new SentImage(id, model));
  }

  private void send(ProducerRecord<byte[], byte[]> message) {
    producer.send(
        message,
        (where, why) -> {
          if (why != null) {
            failure.set(why);
          }
        });
  }

  private static ProducerRecord<byte[], byte[]> image(
      String id, String model, byte[] file, int partition, String label) {
    var message = new ProducerRecord<>(TOPICS.images(), partition, id.getBytes(UTF_8), file);
    message.headers().add(ImageHeaders.ID, id.getBytes(UTF_8));
    message.headers().add(ImageHeaders.MODEL, model.getBytes(UTF_8));
    if (label != null) {
      message.headers().add(ImageHeaders.LABEL, label.getBytes(UTF_8));
    }
    return message;
  }

  /** Draws noise that is reddish for the positive class. */
  private byte[] png(boolean positive) {
    var image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < SIDE * SIDE; i++) {
      int strong = random.nextInt(120, 256);
      int weak = random.nextInt(0, 140);
      int rgb = positive ? strong << 16 | weak : weak << 16 | strong;
      image.setRGB(i % SIDE, i / SIDE, rgb | random.nextInt(256) << 8);
    }
    var out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Returns what was sent so far, acknowledged or not. */
  List<SentImage> sent() {
    if (failure.get() != null) {
      throw new AssertionError("an image could not be sent", failure.get());
    }
    return List.copyOf(sent);
  }

  /** Waits until Kafka has acknowledged all that was sent. */
  void flush() {
    producer.flush();
    sent();
  }

  @Override
  public void close() {
    clock.shutdownNow();
    producer.close(Duration.ofSeconds(10));
  }
}
