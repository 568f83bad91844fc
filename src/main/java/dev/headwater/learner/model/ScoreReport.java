package dev.headwater.learner.model;

import dev.headwater.evaluation.Measures;
import dev.headwater.evaluation.ScoreCard;
import dev.headwater.event.Metrics;
import dev.headwater.event.ModelStatus.Share;
import dev.headwater.event.Spans;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The scores of one model as they are published. */
public final class ScoreReport {
  private final ScoreBook scores;
  private final ScoreCard trained;
  private final ScoreCard served;

  public ScoreReport(ScoreBook scores) {
    this.scores = scores;
    trained = scores.trained();
    served = scores.served();
  }

  public Optional<Double> accuracy() {
    return trained.accuracy();
  }

  public Optional<Double> windowAccuracy() {
    return trained.window().accuracy();
  }

  public Optional<Double> servedAccuracy() {
    return served.accuracy();
  }

  public long servedExamples() {
    return served.examples();
  }

  public Spans trained() {
    return spans(trained);
  }

  public Spans served() {
    return spans(served);
  }

  /** By domain, in order of first appearance. */
  public Map<String, Share> domains() {
    var shares = new LinkedHashMap<String, Share>();
    scores.index().domains().forEach(name -> shares.put(name, share(scores.domain(name))));
    return shares;
  }

  /** By the version that predicted, oldest first. */
  public Map<Long, Share> servedVersions() {
    var shares = new LinkedHashMap<Long, Share>();
    scores.index().versions().forEach(n -> shares.put(n, share(scores.version(n))));
    return shares;
  }

  private static Share share(ScoreCard card) {
    return new Share(card.examples(), card.accuracy(), spans(card));
  }

  private static Spans spans(ScoreCard card) {
    return new Spans(metrics(card.overall()), metrics(card.window()), metrics(card.fading()));
  }

  private static Metrics metrics(Measures measures) {
    return new Metrics(
        measures.examples(),
        measures.accuracy(),
        measures.logLoss(),
        measures.auc(),
        measures.f1(),
        measures.brier(),
        measures.calibrationError());
  }
}
