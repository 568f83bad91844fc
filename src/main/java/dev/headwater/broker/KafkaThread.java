package dev.headwater.broker;

import java.util.concurrent.CompletableFuture;
import kafka.server.KafkaRaftServer;

/**
 * A daemon thread that sees Kafka's own class loader, as do the threads that Kafka starts from it:
 * Kafka loads classes by name through the context class loader.
 */
final class KafkaThread {
  private KafkaThread() {}

  static CompletableFuture<Void> run(String name, Runnable action) {
    var done = new CompletableFuture<Void>();
    var thread = new Thread(() -> complete(done, action), name);
    thread.setDaemon(true);
    thread.setContextClassLoader(KafkaRaftServer.class.getClassLoader());
    thread.start();
    return done;
  }

  private static void complete(CompletableFuture<Void> done, Runnable action) {
    try {
      action.run();
      done.complete(null);
    } catch (Throwable e) {
      done.completeExceptionally(e);
    }
  }
}
