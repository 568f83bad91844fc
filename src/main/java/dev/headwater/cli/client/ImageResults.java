package dev.headwater.cli.client;

import dev.headwater.event.DeadLetterHeaders;
import dev.headwater.event.Json;
import dev.headwater.event.Prediction;
import dev.headwater.topics.TopicNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The predictions and dead letters that are committed after this was opened.
 *
 * <p>Open it before sending, so that no result is missed.
 */
public final class ImageResults implements AutoCloseable {
  private final Consumer<byte[], byte[]> consumer;
  private final TopicNames topics;

  private ImageResults(Consumer<byte[], byte[]> consumer, TopicNames topics) {
    this.consumer = consumer;
    this.topics = topics;
  }

  /** Stands at the present end of both topics; closes {@code consumer} when it is closed. */
  public static ImageResults fromNow(Consumer<byte[], byte[]> consumer, TopicNames topics) {
    var partitions = new ArrayList<TopicPartition>();
    for (var topic : List.of(topics.predictions(), topics.deadLetters())) {
      for (var info : consumer.partitionsFor(topic)) {
        partitions.add(new TopicPartition(topic, info.partition()));
      }
    }
    consumer.assign(partitions);
    consumer.endOffsets(partitions).forEach(consumer::seek);
    return new ImageResults(consumer, topics);
  }

  /**
   * The results that have come since the last call; waits up to {@code patience} for the first.
   *
   * @throws CommandFailedException if a prediction is not the JSON it should be
   */
  public List<ImageResult> poll(Duration patience) {
    var answers = new ArrayList<ImageResult>();
    for (var found : consumer.poll(patience)) {
      if (isResult(found)) {
        answers.add(read(found));
      }
    }
    return answers;
  }

  /** Leaves out tombstones, notes of retried letters, and letters that were no images. */
  private boolean isResult(ConsumerRecord<byte[], byte[]> found) {
    if (found.topic().equals(topics.predictions())) {
      return found.value() != null;
    }
    boolean ofLabel = header(found, DeadLetterHeaders.TOPIC).equals(topics.labels());
    return !ofLabel && !RetryNote.isNote(found);
  }

  private ImageResult read(ConsumerRecord<byte[], byte[]> found) {
    if (found.topic().equals(topics.deadLetters())) {
      var id = found.key() == null ? "" : new String(found.key(), StandardCharsets.UTF_8);
      return new ImageResult.DeadLettered(
          id, header(found, DeadLetterHeaders.CODE), header(found, DeadLetterHeaders.MESSAGE));
    }
    try {
      return new ImageResult.Predicted(Json.MAPPER.readValue(found.value(), Prediction.class));
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailedException(
          "%s partition %d offset %d is not a prediction: %s"
              .formatted(found.topic(), found.partition(), found.offset(), e.getMessage()),
          e);
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> found, String name) {
    var header = found.headers().lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
