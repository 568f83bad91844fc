package dev.headwater.cli.produce;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;

/**
 * Which files are sent, in which order, and which class is the positive one.
 *
 * @param files in sending order
 * @param positive the class labelled 1
 * @param others the classes labelled 0, alphabetical
 * @param chosen whether the user named the positive class; otherwise it is the alphabetically
 *     second of two, as in Keras' {@code image_dataset_from_directory}
 */
public record SendPlan(
    List<LabelledFile> files, String positive, List<String> others, boolean chosen) {

  /**
   * What the user asked for.
   *
   * @param domains which domains, and in that order; empty for all, alphabetical
   * @param mixed whether the domains are shuffled together instead of one after the other
   * @param seed of the shuffling; equal seeds give equal orders
   * @param positive the positive class, if named
   * @param limit how many images at most, over all domains
   */
  public record Request(
      List<String> domains,
      boolean mixed,
      long seed,
      Optional<String> positive,
      OptionalLong limit) {}

  /** Says that the request does not fit the folder; a usage error, in a sentence. */
  public static final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unfit(String sentence) {
      super(sentence);
    }
  }

  /**
   * Plans the sending of {@code folder}.
   *
   * @throws Unfit if a domain or class does not exist, or the positive class is not clear
   */
  public static SendPlan of(ImageFolder folder, Request request) {
    var domains = chosenDomains(folder, request.domains());
    var classes = new TreeSet<String>();
    domains.forEach(domain -> classes.addAll(folder.classes().get(domain)));
    var positive = positiveClass(classes, request.positive());
    var others = classes.stream().filter(name -> !name.equals(positive)).toList();
    var ordered = order(folder, domains, request);
    long count = Math.min(ordered.size(), request.limit().orElse(Long.MAX_VALUE));
    return new SendPlan(
        List.copyOf(ordered.subList(0, (int) count)),
        positive,
        others,
        request.positive().isPresent());
  }

  private static List<String> chosenDomains(ImageFolder folder, List<String> asked) {
    if (asked.isEmpty()) {
      return folder.domains();
    }
    if (!folder.hasDomains()) {
      throw new Unfit(
          "--domains needs a folder per domain above the class folders; found only the classes "
              + String.join(", ", folder.classes().firstEntry().getValue()));
    }
    for (var domain : asked) {
      if (!folder.domains().contains(domain)) {
        throw new Unfit(
            "there is no domain \"%s\"; found %s"
                .formatted(domain, String.join(", ", folder.domains())));
      }
      if (Collections.frequency(asked, domain) > 1) {
        throw new Unfit("--domains names \"%s\" twice".formatted(domain));
      }
    }
    return asked;
  }

  private static String positiveClass(TreeSet<String> classes, Optional<String> asked) {
    var found = String.join(", ", classes);
    if (asked.isPresent()) {
      if (!classes.contains(asked.get())) {
        throw new Unfit("there is no class \"%s\"; found %s".formatted(asked.get(), found));
      }
      return asked.get();
    }
    if (classes.size() != 2) {
      throw new Unfit(
          "found %d classes (%s), expected two: name the one to tell from the rest with --positive"
              .formatted(classes.size(), found));
    }
    return classes.last();
  }

  private static List<LabelledFile> order(
      ImageFolder folder, List<String> domains, Request request) {
    var random = new Random(request.seed());
    var all = new ArrayList<LabelledFile>();
    for (var domain : domains) {
      var files =
          new ArrayList<>(
              folder.files().stream().filter(file -> file.domain().equals(domain)).toList());
      Collections.shuffle(files, random);
      all.addAll(files);
    }
    if (request.mixed()) {
      Collections.shuffle(all, random);
    }
    return all;
  }
}
