package dev.headwater.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.headwater.event.Json;
import java.io.IOException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Writes and reads one kind of record as JSON. */
record JsonSerde<T>(Class<T> type) implements Serde<T> {
  @Override
  public Serializer<T> serializer() {
    return (topic, value) -> {
      try {
        return value == null ? null : Json.MAPPER.writeValueAsBytes(value);
      } catch (JsonProcessingException e) {
        throw new SerializationException(
            "a %s cannot be written to %s as JSON".formatted(type.getSimpleName(), topic), e);
      }
    };
  }

  @Override
  public Deserializer<T> deserializer() {
    return (topic, bytes) -> {
      try {
        return bytes == null ? null : Json.MAPPER.readValue(bytes, type);
      } catch (IOException e) {
        throw new SerializationException(
            "a record of %s is not a %s in JSON".formatted(topic, type.getSimpleName()), e);
      }
    };
  }
}
