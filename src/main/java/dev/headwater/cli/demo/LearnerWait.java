package dev.headwater.cli.demo;

import dev.headwater.cli.client.ModelsClient;
import dev.headwater.event.ModelStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for the learner, which follows the predictions a moment later. */
record LearnerWait(ModelsClient service, String model) {
  private static final Duration LONGEST = Duration.ofSeconds(15);
  private static final Duration STEP = Duration.ofMillis(250);

  /** The model's present state; empty before it has been seen. */
  Optional<ModelStatus> status() {
    return service.models().stream().filter(status -> status.model().equals(model)).findFirst();
  }

  /** The model's state once it has learnt {@code examples}, or after fifteen seconds. */
  Optional<ModelStatus> untilLearnt(long examples, BooleanSupplier stopped) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    var status = status();
    while (status.map(ModelStatus::examples).orElse(0L) < examples
        && !stopped.getAsBoolean()
        && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(STEP.toNanos());
      status = status();
    }
    return status;
  }
}
