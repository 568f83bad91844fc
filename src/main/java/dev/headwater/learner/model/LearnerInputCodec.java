package dev.headwater.learner.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.headwater.backbone.Embedding;
import dev.headwater.event.Json;
import dev.headwater.event.ModelCommand;
import dev.headwater.event.ModelRequest;
import dev.headwater.event.ModelRequestReader;
import dev.headwater.event.RejectedException;
import dev.headwater.event.SnapshotImport;
import dev.headwater.learner.model.LearnerInput.Corrected;
import dev.headwater.learner.model.LearnerInput.Flush;
import dev.headwater.learner.model.LearnerInput.Labelled;
import dev.headwater.learner.model.LearnerInput.Observation;
import dev.headwater.learner.model.LearnerInput.Repeated;
import dev.headwater.learner.model.LearnerInput.Requested;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads and writes learner inputs as bytes, big-endian: format (2), type, then the fields in order;
 * strings and the embedding with a length before them.
 */
public final class LearnerInputCodec {
  private static final byte FORMAT = 2;

  private static final byte OBSERVATION = 1;
  private static final byte FLUSH = 2;
  private static final byte LABELLED = 3;
  private static final byte CORRECTED = 4;
  private static final byte REPEATED = 5;
  private static final byte COMMAND = 6;
  private static final byte IMPORT = 7;

  /** Far beyond any activation; more could overflow in training. */
  private static final float LARGEST_VALUE = 1e6f;

  private LearnerInputCodec() {}

  public static byte[] write(LearnerInput input) {
    if (input instanceof Flush flush) {
      return ByteBuffer.allocate(10).put(FORMAT).put(FLUSH).putLong(flush.labels()).array();
    }
    if (input instanceof Repeated) {
      return new byte[] {FORMAT, REPEATED};
    }
    if (input instanceof Requested requested) {
      return write(requested.request());
    }
    if (input instanceof Labelled labelled) {
      return write(LABELLED, labelled.image());
    }
    if (input instanceof Corrected corrected) {
      return write(CORRECTED, corrected.image());
    }
    return write(OBSERVATION, (Observation) input);
  }

  /** A command as JSON; an import with its id and model before the file. */
  private static byte[] write(ModelRequest request) {
    if (request instanceof SnapshotImport file) {
      int texts = RecordFields.bytes(file.id()) + RecordFields.bytes(file.model());
      var buffer = ByteBuffer.allocate(2 + texts + file.file().length).put(FORMAT).put(IMPORT);
      RecordFields.putText(buffer, file.id());
      return RecordFields.putText(buffer, file.model()).put(file.file()).array();
    }
    try {
      byte[] json = Json.MAPPER.writeValueAsBytes(request);
      return ByteBuffer.allocate(2 + json.length).put(FORMAT).put(COMMAND).put(json).array();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of plain values is always writable as JSON", e);
    }
  }

  private static byte[] write(byte type, Observation observation) {
    int size = observation.embedding().size();
    int texts =
        RecordFields.bytes(observation.imageId())
            + RecordFields.bytes(observation.domain())
            + RecordFields.bytes(observation.backbone());
    var buffer = ByteBuffer.allocate(2 + texts + 1 + 2 * Long.BYTES + 1 + Integer.BYTES + 4 * size);
    buffer.put(FORMAT).put(type);
    RecordFields.putText(buffer, observation.imageId());
    RecordFields.putText(buffer, observation.domain());
    RecordFields.putText(buffer, observation.backbone());
    RecordFields.putClass(buffer, observation.positive());
    buffer.putDouble(observation.probability()).putLong(observation.snapshotVersion());
    RecordFields.putClass(buffer, observation.predictedPositive());
    FloatCodec.put(buffer.putInt(size), observation.embedding());
    return buffer.array();
  }

  /**
   * Reads an input.
   *
   * @throws UnreadableExampleException if the bytes are not one that this build writes
   */
  public static LearnerInput read(byte[] bytes) {
    if (bytes == null) {
      throw new UnreadableExampleException("example without a value");
    }
    var buffer = ByteBuffer.wrap(bytes);
    try {
      byte format = buffer.get();
      if (format != FORMAT) {
        throw new UnreadableExampleException(
            "unknown example format %d: this build reads %d".formatted(format, FORMAT));
      }
      LearnerInput input = input(buffer);
      if (buffer.hasRemaining()) {
        throw new UnreadableExampleException(
            "example of %d bytes goes on after its end".formatted(bytes.length));
      }
      return input;
    } catch (BufferUnderflowException e) {
      throw new UnreadableExampleException(
          "example of %d bytes ends too early".formatted(bytes.length), e);
    } catch (IllegalArgumentException e) {
      throw new UnreadableExampleException("example with " + e.getMessage(), e);
    }
  }

  private static LearnerInput input(ByteBuffer buffer) {
    byte type = buffer.get();
    return switch (type) {
      case OBSERVATION -> observation(buffer);
      case LABELLED -> new Labelled(labelled(observation(buffer)));
      case CORRECTED -> new Corrected(labelled(observation(buffer)));
      case REPEATED -> new Repeated();
      case FLUSH -> new Flush(buffer.getLong());
      case COMMAND -> new Requested(command(RecordFields.rest(buffer)));
      case IMPORT ->
          new Requested(
              importOf(
                  RecordFields.text(buffer), RecordFields.text(buffer), RecordFields.rest(buffer)));
      default -> throw new UnreadableExampleException("unknown example type " + type);
    };
  }

  private static ModelCommand command(byte[] json) {
    try {
      var event = Json.MAPPER.readTree(json);
      if (event == null || !event.isObject()) {
        throw new UnreadableExampleException("a command that is no JSON object");
      }
      return ModelRequestReader.readAgain(event);
    } catch (IOException | RejectedException e) {
      throw new UnreadableExampleException("no command: " + e.getMessage(), e);
    }
  }

  private static SnapshotImport importOf(String id, String model, byte[] file) {
    try {
      return ModelRequestReader.readAgain(id, model, file);
    } catch (RejectedException e) {
      throw new UnreadableExampleException("no import: " + e.getMessage(), e);
    }
  }

  private static Observation labelled(Observation image) {
    if (image.positive().isEmpty()) {
      throw new UnreadableExampleException(
          "label of image '%s' without a label".formatted(image.imageId()));
    }
    return image;
  }

  private static Observation observation(ByteBuffer buffer) {
    String imageId = RecordFields.text(buffer);
    String domain = RecordFields.text(buffer);
    String backbone = RecordFields.text(buffer);
    Optional<Boolean> positive = RecordFields.readClass(buffer);
    double probability = probability(buffer.getDouble());
    long version = version(buffer.getLong());
    Optional<Boolean> predicted = RecordFields.readClass(buffer);
    if (predicted.isEmpty() && version > 0) {
      throw new UnreadableExampleException(
          "example predicted by snapshot version %d without the class that was predicted"
              .formatted(version));
    }
    int size = RecordFields.length(buffer, Float.BYTES);
    var embedding = embedding(FloatCodec.get(buffer, size));
    return new Observation(
        imageId, domain, backbone, embedding, positive, probability, version, predicted);
  }

  /** It is scored: what is none would stop the learner, or make its sums NaN for good. */
  private static double probability(double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new UnreadableExampleException(
          "example with the probability %s, expected 0 to 1".formatted(value));
    }
    return value;
  }

  private static long version(long value) {
    if (value < 0) {
      throw new UnreadableExampleException(
          "example with the snapshot version %d, expected 0 or more".formatted(value));
    }
    return value;
  }

  private static Embedding embedding(float[] values) {
    for (float value : values) {
      if (Math.abs(value) > LARGEST_VALUE) {
        throw new UnreadableExampleException(
            "embedding with the value %s, expected at most %s".formatted(value, LARGEST_VALUE));
      }
    }
    return Embedding.wrap(values);
  }
}
