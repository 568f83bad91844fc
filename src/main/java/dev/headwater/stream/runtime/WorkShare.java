package dev.headwater.stream.runtime;

import org.apache.kafka.streams.KafkaStreams;

/**
 * Tasks of an instance: a task is the work of one partition.
 *
 * @param active those that it works at
 * @param standby those whose state it keeps up to date, in order to take over
 */
public record WorkShare(int active, int standby) {
  public static WorkShare of(KafkaStreams streams) {
    return streams.metadataForLocalThreads().stream()
        .map(thread -> new WorkShare(thread.activeTasks().size(), thread.standbyTasks().size()))
        .reduce(new WorkShare(0, 0), WorkShare::plus);
  }

  public WorkShare plus(WorkShare other) {
    return new WorkShare(active + other.active, standby + other.standby);
  }
}
