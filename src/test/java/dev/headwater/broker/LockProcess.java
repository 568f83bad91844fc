package dev.headwater.broker;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process that takes a data directory, says how that went, and keeps it until it is killed. */
final class LockProcess {
  private LockProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    try {
      DataDirectory.open(Path.of(arguments[0]));
      System.out.println("taken");
      new CountDownLatch(1).await();
    } catch (DataDirectoryException e) {
      System.out.println(e.getMessage());
    }
  }
}
