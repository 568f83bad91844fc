package dev.headwater.stream;

import dev.headwater.stream.AdaptationStreams.NotReadyException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;

/** Which instance has which model's learner, by the addresses that instances give each other. */
public final class LearnerPlaces {
  private final KafkaStreams learner;
  private final Optional<String> own;

  /**
   * @param own address of this instance; empty where it has given none, and so is alone
   */
  LearnerPlaces(KafkaStreams learner, Optional<String> own) {
    this.learner = learner;
    this.own = own;
  }

  /** The address that this instance has given to others; empty if it has given none. */
  public Optional<String> own() {
    return own;
  }

  /**
   * Returns the address of the instance that has a model's learner, or would have it; empty if that
   * is this one.
   *
   * @throws NotReadyException while the work is being shared out anew
   */
  public Optional<String> elsewhere(String model) {
    if (own.isEmpty()) {
      return Optional.empty();
    }
    try {
      var found =
          learner.queryMetadataForKey(LearnProcessor.PROGRESS_STORE, model, new StringSerializer());
      if (found == null || found.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
        throw new NotReadyException(
            "which instance has model '%s' is being decided".formatted(model));
      }
      return Optional.of(address(found.activeHost())).filter(this::isOther);
    } catch (InvalidStateStoreException e) {
      throw notKnown(e);
    }
  }

  /**
   * Returns the addresses of all other instances that learn.
   *
   * @throws NotReadyException while that is not known
   */
  public Set<String> others() {
    var others = new TreeSet<String>();
    if (own.isPresent()) {
      try {
        learner.metadataForAllStreamsClients().stream()
            .map(StreamsMetadata::hostInfo)
            .map(LearnerPlaces::address)
            .filter(this::isOther)
            .forEach(others::add);
      } catch (InvalidStateStoreException e) {
        throw notKnown(e);
      }
    }
    return others;
  }

  private static NotReadyException notKnown(InvalidStateStoreException e) {
    return new NotReadyException("which instance has which model is not known at the moment", e);
  }

  private boolean isOther(String address) {
    return !own.get().equals(address) && !address.equals(address(HostInfo.unavailable()));
  }

  private static String address(HostInfo host) {
    return host.host() + ":" + host.port();
  }
}
