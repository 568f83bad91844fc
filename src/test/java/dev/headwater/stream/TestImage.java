package dev.headwater.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headwater.event.ImageHeaders;
import dev.headwater.image.ImageDecoder;
import dev.headwater.image.ImageLimits;
import dev.headwater.image.ImageRejectedException;
import java.awt.Color;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A small image of one colour: reddish ones are positive.
 *
 * @param partition where it is sent
 */
public record TestImage(String id, String model, int partition, Color color, boolean labelled) {

  /** Returns labelled images {@code prefix-0} and on, of either class, over all partitions. */
  public static Stream<TestImage> labelled(String prefix, int count) {
    var random = new SplittableRandom(prefix.hashCode());
    return IntStream.range(0, count)
        .mapToObj(n -> new TestImage(prefix + "-" + n, "default", n % 4, colour(random), true));
  }

  public static TestImage unlabelled(String id) {
    return new TestImage(id, "default", 0, new Color(201, 77, 31), false);
  }

  private static Color colour(SplittableRandom random) {
    int strong = random.nextInt(150, 256);
    int weak = random.nextInt(0, 110);
    return random.nextBoolean() ? new Color(strong, weak, weak) : new Color(weak, weak, strong);
  }

  /** Returns the same without its label. */
  public TestImage withoutLabel() {
    return new TestImage(id, model, partition, color, false);
  }

  public boolean positive() {
    return color.getRed() > color.getBlue();
  }

  public byte[] file() {
    return TopologyFixture.png(color);
  }

  public ProducerRecord<byte[], byte[]> record(String topic) {
    var found = new ProducerRecord<>(topic, partition, id.getBytes(UTF_8), file());
    found.headers().add(ImageHeaders.ID, id.getBytes(UTF_8));
    found.headers().add(ImageHeaders.MODEL, model.getBytes(UTF_8));
    if (labelled) {
      found.headers().add(ImageHeaders.LABEL, (positive() ? "1" : "0").getBytes(UTF_8));
    }
    return found;
  }

  /** Returns what the backbone says of it. */
  public float[] embedding() {
    int size = FakeBackbone.INPUT_SIZE;
    try (var embedder = new FakeBackbone().newEmbedder()) {
      return embedder
          .embed(new ImageDecoder(ImageLimits.DEFAULT, size, size).decode(file()))
          .toArray();
    } catch (ImageRejectedException e) {
      throw new AssertionError(e);
    }
  }
}
