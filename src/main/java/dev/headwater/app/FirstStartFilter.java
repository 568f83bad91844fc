package dev.headwater.app;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;

/**
 * Leaves out what Kafka's consumers warn of when a new application starts: that the repartition
 * topics, which it is just creating, are not there yet.
 */
@LoggingFilter(name = "first-start")
final class FirstStartFilter implements Filter {
  /** Only where it names no other topic beside them. */
  private static final Pattern NOT_THERE_YET =
      Pattern.compile(
          "recoverable issue.*\\{(?:[^,{}=]+-repartition=UNKNOWN_TOPIC_OR_PARTITION(?:, )?)+\\}$");

  private static final String CLIENT = "org.apache.kafka.clients.NetworkClient";

  @Override
  public boolean isLoggable(LogRecord record) {
    if (!CLIENT.equals(record.getLoggerName()) || record.getMessage() == null) {
      return true;
    }
    return !NOT_THERE_YET.matcher(record.getMessage()).find();
  }
}
