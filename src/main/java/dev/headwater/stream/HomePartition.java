package dev.headwater.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.utils.Utils;

/**
 * The home partition of an image id: the state of an image is kept there, and its image and labels
 * meet there, whichever partition a producer has sent them to.
 *
 * <p>It is where Kafka's Java producer puts a record whose key is the id. Other clients hash
 * otherwise, and some send without a key: their records are repartitioned (docs/adr/0006).
 *
 * @param partitions of the images topic
 */
record HomePartition(int partitions) {
  HomePartition {
    if (partitions < 1) {
      throw new IllegalArgumentException(
          "the images topic has %d partitions, expected at least 1".formatted(partitions));
    }
  }

  int of(String imageId) {
    return of(imageId.getBytes(UTF_8));
  }

  int of(byte[] imageId) {
    return Utils.toPositive(Utils.murmur2(imageId)) % partitions;
  }
}
