package dev.headwater.app;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Leaves out what Kafka's consumers warn of when a new application starts: that the repartition
 * topics, which it is just creating, are not there yet.
 */
@LoggingFilter(name = "first-start")
final class FirstStartFilter implements Filter {
  private static final String CLIENT = "org.apache.kafka.clients.NetworkClient";

  @Override
  public boolean isLoggable(LogRecord record) {
    if (!CLIENT.equals(record.getLoggerName()) || record.getMessage() == null) {
      return true;
    }
    String message = record.getMessage();
    return !message.contains("recoverable issue")
        || !message.contains("-repartition=UNKNOWN_TOPIC_OR_PARTITION");
  }
}
