package dev.headwater.bench.learning;

import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.head.Calibration;
import dev.headwater.head.LearnerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** All learners that can be compared: the service's own, and its peers. */
final class Contenders {
  /** In the place of names: no peers. */
  static final String NONE = "none";

  /** In the place of names: all peers, those too that take part only if named. */
  static final String ALL = "all";

  private static final int REPLAY = LearnerSettings.DEFAULT.replayBatches();

  private static final Contender HEADWATER =
      new Contender(
          "headwater",
          "the service's learner with its default settings",
          true,
          HeadwaterLearner::new);

  /** The service's learner with a part left out, to show what that part is worth. */
  private static final List<Contender> ABLATIONS =
      List.of(
          new Contender(
              "network-only",
              "the service's learner, the network's score alone, as it is",
              false,
              (inputs, seed) -> new HeadwaterLearner(inputs, seed, REPLAY, Contenders::network)),
          new Contender(
              "discriminant-only",
              "the service's learner, the discriminant's score alone, weighed as in both",
              false,
              (inputs, seed) ->
                  new HeadwaterLearner(inputs, seed, REPLAY, Contenders::discriminant)),
          new Contender(
              "no-replay",
              "the service's learner without replayed mini-batches; the discriminant still sees what"
                  + " is kept",
              false,
              (inputs, seed) -> new HeadwaterLearner(inputs, seed, 0, weighed -> weighed)));

  private static final List<Contender> OWN_PEERS =
      List.of(
          new Contender(
              "naive",
              "the same Dense(128)-Dense(1) head on raw inputs; Adam 1e-3, batches of 32, one pass,"
                  + " no replay",
              true,
              NaiveHead::new),
          new Contender(
              "slda",
              "Deep SLDA (Hayes & Kanan 2020): shrinkage 1e-4, refitted each 32 images",
              true,
              (inputs, seed) -> new DeepSlda(inputs, DeepSlda.Settings.PUBLISHED)),
          new Contender(
              "slda-scaled",
              "Deep SLDA with shrinkage 0.1 towards the mean variance, refitted at 4, 8 and 16"
                  + " images too",
              true,
              (inputs, seed) -> new DeepSlda(inputs, DeepSlda.Settings.SCALED)));

  private Contenders() {}

  private static Calibration network(Calibration weighed) {
    return new Calibration(0, 1, 0, weighed.threshold());
  }

  private static Calibration discriminant(Calibration weighed) {
    return new Calibration(weighed.linear(), 0, weighed.bias(), weighed.threshold());
  }

  /** All peers there are on this class path, in the order of the table. */
  static List<Contender> peers() {
    var peers = new ArrayList<>(OWN_PEERS);
    peers.addAll(ABLATIONS);
    ServiceLoader.load(PeerSource.class).forEach(source -> peers.addAll(source.peers()));
    return peers;
  }

  /**
   * Returns the service's learner and the peers of these names, or the usual ones for no names.
   *
   * @throws CommandFailedException if there is no such peer
   */
  static List<Contender> of(List<String> names) {
    var peers = peers();
    for (String name : names) {
      if (!List.of(NONE, ALL).contains(name)
          && peers.stream().noneMatch(peer -> peer.name().equals(name))) {
        throw new CommandFailedException(
            "there is no peer \"%s\"; found %s, or %s and %s"
                .formatted(name, names(peers), ALL, NONE));
      }
    }
    var chosen = new ArrayList<>(List.of(HEADWATER));
    peers.stream().filter(peer -> isChosen(peer, names)).forEach(chosen::add);
    return chosen;
  }

  private static boolean isChosen(Contender peer, List<String> names) {
    return names.isEmpty() ? peer.usual() : names.contains(ALL) || names.contains(peer.name());
  }

  static String names(List<Contender> contenders) {
    return contenders.stream().map(Contender::name).collect(Collectors.joining(", "));
  }
}
