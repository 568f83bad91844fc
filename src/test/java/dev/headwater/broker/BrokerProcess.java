package dev.headwater.broker;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process that runs a broker on a directory until it is killed. */
final class BrokerProcess {
  private BrokerProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    EmbeddedBroker broker = EmbeddedBroker.start(Path.of(arguments[0]), 0);
    System.out.println(broker.bootstrapServers());
    new CountDownLatch(1).await();
  }
}
