package dev.headwater.cli.client;

import java.net.URI;

/** A broker and a service that are ready; closing stops both. */
public interface RunningService extends AutoCloseable {
  /** Where Kafka listens, as {@code host:port}. */
  String bootstrap();

  /** The URL of the service. */
  URI url();

  @Override
  void close();
}
