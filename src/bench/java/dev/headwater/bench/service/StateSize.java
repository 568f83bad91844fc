package dev.headwater.bench.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How large a learner's state is.
 *
 * @param live bytes of the newest value of each key, and of the keys
 * @param logged bytes that the changelogs hold, and a restore reads
 * @param local bytes of the local files
 */
record StateSize(long live, long logged, long local) {

  /** Where a value lies. */
  private record Place(String topic, int partition, ByteBuffer key) {}

  static StateSize of(TopicLog log, List<String> changelogs, Path directory) {
    Map<Place, Long> newest = new HashMap<>();
    var logged = new long[1];
    log.read(
        changelogs,
        "read_uncommitted",
        found -> {
          logged[0] += TopicLog.size(found);
          newest.put(place(found), found.value() == null ? 0 : TopicLog.size(found));
        });
    long live = newest.values().stream().mapToLong(Long::longValue).sum();
    return new StateSize(live, logged[0], files(directory));
  }

  private static Place place(ConsumerRecord<byte[], byte[]> found) {
    byte[] key = found.key() == null ? new byte[0] : found.key();
    return new Place(found.topic(), found.partition(), ByteBuffer.wrap(key));
  }

  private static long files(Path directory) {
    try (var files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
