package dev.headwater.learner;

import dev.headwater.evaluation.Alarm;
import dev.headwater.event.DriftEvent;
import dev.headwater.event.ModelEvent;
import dev.headwater.learner.model.ModelMemory;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Makes of a detector's alarm what is published of it. */
final class DriftEvents {
  private DriftEvents() {}

  static DriftEvent of(ModelMemory memory, Alarm alarm, Instant time) {
    return new DriftEvent(
        memory.model(),
        ModelEvent.Kind.DRIFT,
        Optional.of(detector(alarm)),
        alarm.domain(),
        alarm.before(),
        alarm.beforeCount(),
        alarm.after(),
        alarm.afterCount(),
        alarm.statistic(),
        alarm.threshold(),
        memory.examples(),
        memory.predictions(),
        memory.version(),
        time,
        message(memory.model(), alarm));
  }

  private static DriftEvent.Detector detector(Alarm alarm) {
    return switch (alarm.detector()) {
      case ADWIN -> DriftEvent.Detector.ADWIN;
      case PAGE_HINKLEY -> DriftEvent.Detector.PAGE_HINKLEY;
      case EMBEDDINGS -> DriftEvent.Detector.EMBEDDINGS;
    };
  }

  private static String message(String model, Alarm alarm) {
    String where = alarm.domain().map(" in domain %s"::formatted).orElse("");
    return switch (alarm.detector()) {
      case ADWIN, PAGE_HINKLEY ->
          String.format(
              Locale.ROOT,
              "answers of model %s%s became worse: mean loss %.3f over the newest %d, %.3f over the"
                  + " %d before",
              model,
              where,
              alarm.after().orElseThrow(),
              alarm.afterCount(),
              alarm.before().orElseThrow(),
              alarm.beforeCount());
      case EMBEDDINGS ->
          "images of model %s look different: the newest %d against the %d before"
              .formatted(model, alarm.afterCount(), alarm.beforeCount());
    };
  }
}
