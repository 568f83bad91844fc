package dev.headwater.cli.produce;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.headwater.cli.client.Console;
import dev.headwater.event.Json;
import dev.headwater.topics.TopicNames;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code headwater produce} reports at its end.
 *
 * @param sent images that Kafka acknowledged
 * @param refused files that were not accepted, here, by Kafka or (with {@code --wait}) the service
 * @param seconds from the first image to the last acknowledgement
 * @param rate images a second
 * @param model the model named in the events
 * @param positive the class labelled 1
 * @param negative the classes labelled 0
 * @param domains what was sent of each domain, in sending order
 * @param labelsSent labels that Kafka acknowledged; only with {@code --delay-labels}
 * @param labelsUnsent images sent whose label was not; only with {@code --delay-labels}
 * @param predicted predictions that came back; only with {@code --wait}
 * @param unanswered images neither predicted nor refused; only with {@code --wait}
 * @param refusals the refused files and why
 * @param interrupted whether Ctrl-C ended it early
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ProduceSummary(
    long sent,
    long refused,
    double seconds,
    double rate,
    String model,
    String positive,
    List<String> negative,
    Map<String, SendTally.DomainCount> domains,
    Optional<Long> labelsSent,
    Optional<Long> labelsUnsent,
    Optional<Long> predicted,
    Optional<Long> unanswered,
    List<SendTally.Refusal> refusals,
    boolean interrupted) {
  private static final int LISTED = 20;

  static ProduceSummary of(
      SendTally tally, SendPlan plan, ProduceRun.Settings settings, boolean stopped) {
    var refusals = tally.refusals();
    double seconds = tally.seconds();
    boolean later = settings.labelDelay().isPresent();
    boolean waited = settings.patience().isPresent();
    return new ProduceSummary(
        tally.sent(),
        refusals.size(),
        rounded(seconds),
        rounded(seconds > 0 ? tally.sent() / seconds : 0),
        settings.model(),
        plan.positive(),
        plan.others(),
        tally.domains(),
        later ? Optional.of(tally.labelsSent()) : Optional.empty(),
        later ? Optional.of(tally.sent() - tally.labelsSent()) : Optional.empty(),
        waited ? Optional.of(tally.answered()) : Optional.empty(),
        waited ? Optional.of(tally.unanswered()) : Optional.empty(),
        refusals,
        stopped);
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  /** One JSON object in one line. */
  String json() {
    return Json.text(this);
  }

  /** Lists the first refused files on standard error. */
  void listRefusals(Console console) {
    for (var refusal : refusals.subList(0, Math.min(LISTED, refusals.size()))) {
      console.say("refused %s: %s".formatted(refusal.file(), refusal.reason()));
    }
    if (refusals.size() > LISTED) {
      console.say("%d more were refused; --json lists all".formatted(refusals.size() - LISTED));
    }
  }

  /** Prints the summary for a person. */
  void print(Console console, TopicNames topics, boolean chosen) {
    console.print(
        String.format(
            Locale.ROOT,
            "%s %d images to %s in %.1f s (%.1f/s), %d refused.",
            interrupted ? "Interrupted after sending" : "Sent",
            sent,
            topics.images(),
            seconds,
            rate,
            refused));
    console.print(
        "Model %s: positive class %s%s, against %s."
            .formatted(
                model,
                positive,
                chosen ? "" : " (the alphabetically second; --positive chooses)",
                String.join(", ", negative)));
    int width = domains.keySet().stream().mapToInt(String::length).max().orElse(0);
    domains.forEach(
        (domain, count) ->
            console.print(
                "  %s  %6d images, %6d positive"
                    .formatted(padded(domain, width), count.images(), count.positive())));
    labelsSent.ifPresent(
        count -> console.print("Sent %d labels to %s.".formatted(count, topics.labels())));
    predicted.ifPresent(
        count ->
            console.print(
                "%d predicted, %d without a result.".formatted(count, unanswered.orElse(0L))));
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
