package dev.headwater.stream.runtime;

import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jboss.logging.Logger;

/**
 * Stops the stream when a record cannot be written, and logs which and why. To skip it would lose a
 * result, or state in the case of a changelog, and commit the offset of the input all the same.
 */
public final class FailFastExceptionHandlers implements ProductionExceptionHandler {
  private static final Logger LOG = Logger.getLogger(FailFastExceptionHandlers.class);

  /** Sets a handler that fails for each kind of failure that Kafka Streams asks about. */
  static void addTo(Properties properties) {
    properties.put(
        StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, FailFastExceptionHandlers.class);
    properties.put(
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
        LogAndFailProcessingExceptionHandler.class);
    properties.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
        LogAndFailExceptionHandler.class);
  }

  /** Retries retriable errors, as Kafka's default does. */
  @Override
  public Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> output, Exception why) {
    if (why instanceof RetriableException) {
      return Response.retry();
    }
    LOG.error(sentence(output, why));
    return Response.fail();
  }

  /** Names topic, size and reason; never the content. */
  static String sentence(ProducerRecord<byte[], byte[]> output, Exception why) {
    return ("Kafka did not take a record of %d bytes for %s: %s; nothing of its transaction is"
            + " kept, and it is tried again until a broker takes it or the service stops: see"
            + " that the topic's max.message.bytes is as it was created")
        .formatted(size(output.key()) + size(output.value()), output.topic(), why.getMessage());
  }

  private static long size(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  @Override
  @SuppressWarnings("rawtypes") // as it is declared
  public Response handleSerializationError(
      ErrorHandlerContext context,
      ProducerRecord output,
      Exception why,
      SerializationExceptionOrigin origin) {
    LOG.errorf("The %s of a record for %s cannot be written: %s", origin, output.topic(), why);
    return Response.fail();
  }

  @Override
  public void configure(Map<String, ?> configs) {}
}
