package dev.headwater.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.headwater.event.Json;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes HTTP answers look like the records on the topics. */
final class JsonConfiguration {
  @Produces
  @Singleton
  ObjectMapper mapper() {
    return Json.MAPPER;
  }
}
