package dev.headwater.faults;

import dev.headwater.Eventually;
import dev.headwater.faults.FaultSchedule.Planned;
import java.time.Duration;
import java.util.Date;
import java.util.concurrent.locks.LockSupport;

/**
 * Carries a schedule out on a bed under load. Before a fault the other instance processes, and the
 * brokers have all their replicas: faults are one at a time, but a victim may be one that has just
 * been started again, and is restoring its state.
 */
final class FaultRun {
  private static final Duration PATIENCE = Duration.ofSeconds(180);

  private final FaultBed bed;
  private final FaultSchedule schedule;
  private final LabelledLoad load;
  private final int images;

  private FaultRun(FaultBed bed, FaultSchedule schedule, LabelledLoad load, int images) {
    this.bed = bed;
    this.schedule = schedule;
    this.load = load;
    this.images = images;
  }

  /**
   * Sends images with a new prefix of ids while the faults happen, checks the invariants, and
   * prints one line.
   *
   * @param perSecond images at most
   */
  static Invariants.Found carryOut(
      FaultBed bed, String name, FaultSchedule schedule, int images, int perSecond) {
    long start = System.nanoTime();
    System.out.printf("%s: seed %d, %s%n", name, schedule.seed(), schedule.planned());
    Invariants.Found found;
    try (var load = new LabelledLoad(bed.clients(), name, schedule.seed(), perSecond)) {
      new FaultRun(bed, schedule, load, images).run();
      bed.remember(load.sent());
    }
    found = Invariants.check(bed);
    System.out.printf(
        "%s: %d faults, %d images in %d s; in all %s%n",
        name,
        schedule.planned().size(),
        images,
        Duration.ofNanos(System.nanoTime() - start).toSeconds(),
        found);
    return found;
  }

  private void run() {
    int done = 0;
    for (var planned : schedule.planned()) {
      done++;
      load.allow((int) ((long) images * done / (schedule.planned().size() + 1)));
      await(planned);
      inflict(planned.fault());
    }
    load.allow(images);
    Eventually.get("all images sent", PATIENCE, () -> load.sent().size(), n -> n == images);
    load.flush();
  }

  private void await(Planned planned) {
    var fault = planned.fault();
    if (fault instanceof Fault.KillBroker || fault instanceof Fault.StopBroker) {
      bed.awaitAnyReady();
      bed.cluster().awaitWhole();
    } else {
      awaitReady(1 - victim(fault));
    }
    pause(planned.after());
  }

  private static int victim(Fault fault) {
    if (fault instanceof Fault.KillInstance kill) {
      return kill.instance();
    }
    return fault instanceof Fault.StopInstance stop
        ? stop.instance()
        : ((Fault.SpoilState) fault).instance();
  }

  private void awaitReady(int index) {
    bed.instance(index).awaitReady();
  }

  private void inflict(Fault fault) {
    System.out.printf("  %tT %s, %d images sent%n", new Date(), fault, load.sent().size());
    if (fault instanceof Fault.KillInstance kill) {
      bed.instance(kill.instance()).kill();
      pause(kill.down());
      bed.instance(kill.instance()).start();
    } else if (fault instanceof Fault.StopInstance stop) {
      bed.instance(stop.instance()).stop();
      pause(stop.stopped());
      bed.instance(stop.instance()).goOn();
    } else if (fault instanceof Fault.SpoilState spoil) {
      if (spoil.clean()) {
        bed.instance(spoil.instance()).terminate();
      } else {
        bed.instance(spoil.instance()).kill();
      }
      SpoiledState.spoil(bed.instance(spoil.instance()).state(), spoil.seed());
      bed.instance(spoil.instance()).start();
    } else if (fault instanceof Fault.KillBroker kill) {
      bed.cluster().kill(kill.broker());
      pause(kill.down());
      bed.cluster().startAgain(kill.broker());
    } else if (fault instanceof Fault.StopBroker stop) {
      bed.cluster().stop(stop.broker());
      pause(stop.stopped());
      bed.cluster().goOn(stop.broker());
    }
  }

  /** Lets time pass: the instant of a fault is drawn, and must not depend on what is seen. */
  static void pause(Duration duration) {
    long deadline = System.nanoTime() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0; left = deadline - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
