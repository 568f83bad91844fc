package dev.headwater.bench.learning;

import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.cli.produce.ImageFolder;
import dev.headwater.cli.produce.SendPlan;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Which classes are positive and which domains come in which order, over all streams of a run.
 *
 * @param positives a class for each stream that is not to have {@code produce}'s default
 * @param domains the domains of the streams that are not to have all of theirs, alphabetically
 */
record Selection(List<String> positives, List<String> domains) {

  /**
   * Checks that each name occurs in some stream.
   *
   * @throws CommandFailedException if one does not
   */
  void requireKnown(List<StreamFolder> streams) {
    var classes = new TreeSet<String>();
    var known = new TreeSet<String>();
    for (var stream : streams) {
      classes.addAll(classes(stream.folder()));
      known.addAll(stream.folder().domains());
    }
    requireKnown("class", positives, classes);
    requireKnown("domain", domains, known);
  }

  private static void requireKnown(String what, List<String> names, Collection<String> known) {
    for (String name : names) {
      if (!known.contains(name)) {
        throw new CommandFailedException(
            "there is no %s \"%s\"; found %s".formatted(what, name, String.join(", ", known)));
      }
    }
  }

  /** Returns the files of a stream in the order in which {@code produce} sends them. */
  SendPlan plan(StreamFolder stream, long seed) {
    var classes = classes(stream.folder());
    var positive = positives.stream().filter(classes::contains).toList();
    if (positive.size() > 1) {
      throw new CommandFailedException(
          "%s has the classes %s; expected at most one of them in --positive"
              .formatted(stream.name(), String.join(" and ", positive)));
    }
    var own = domains.stream().filter(stream.folder().domains()::contains).toList();
    var request =
        new SendPlan.Request(
            stream.folder().hasDomains() ? own : List.of(),
            false,
            seed,
            positive.stream().findFirst(),
            OptionalLong.empty());
    try {
      return SendPlan.of(stream.folder(), request);
    } catch (SendPlan.Unfit e) {
      throw new CommandFailedException("%s: %s".formatted(stream.name(), e.getMessage()), e);
    }
  }

  private static TreeSet<String> classes(ImageFolder folder) {
    var classes = new TreeSet<String>();
    folder.classes().values().forEach(classes::addAll);
    return classes;
  }
}
