package dev.headwater.bench.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.headwater.backbone.Embedding;
import dev.headwater.cli.client.CapturedConsole;
import dev.headwater.event.Json;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** Runs the whole comparison on drawn embeddings. */
class LearningBenchTest {
  private static final long SECOND = 1_000_000_000L;

  private static final Optional<Imbalance> RARE = Optional.of(new Imbalance(10, 12));

  private static Report report;
  private static Report ofRareClass;

  @BeforeAll
  static void shouldRun() {
    report = run(Optional.empty());
    ofRareClass = run(RARE);
  }

  /** Answers what the newest label was. */
  private static final class NoChange implements Learner {
    private boolean newest;

    @Override
    public Answer predict(Embedding embedding, String domain) {
      return Answer.of(newest ? 1 : 0);
    }

    @Override
    public void learn(Embedding embedding, boolean positive, String domain) {
      newest = positive;
    }
  }

  /** Takes a second an image of the clock that the driver reads. */
  private static Learner slow(AtomicLong clock) {
    return new Learner() {
      @Override
      public Answer predict(Embedding embedding, String domain) {
        clock.addAndGet(SECOND);
        return Answer.of(0);
      }

      @Override
      public void learn(Embedding embedding, boolean positive, String domain) {}
    };
  }

  private static Report run(Optional<Imbalance> imbalance) {
    var clock = new AtomicLong();
    var contenders =
        List.of(
            Contenders.of(List.of("none")).get(0),
            new Contender("no-change", "the newest label", true, (inputs, seed) -> new NoChange()),
            new Contender("slow", "a second an image", true, (inputs, seed) -> slow(clock)));
    var plan =
        new LearningBench.Plan(contenders, new Selection(List.of(), List.of()), 2, 200, imbalance);
    var bySeed =
        LongStream.rangeClosed(1, 2)
            .mapToObj(seed -> Clouds.stream(40, seed))
            .map(stream -> imbalance.map(rare -> rare.thin(stream, 1)).orElse(stream))
            .toList();
    var stream =
        new LearningBench(new CapturedConsole().console(), plan, new Driver(clock::get))
            .compare("drawn", "even <", List.of("odd"), bySeed);
    return new Report("learning", "f00d", false, plan.seedList(), imbalance, List.of(stream));
  }

  private static LearnerReport learner(Report report, int index) {
    return report.streams().get(0).learners().get(index);
  }

  @Test
  void shouldFindTheServicesLearnerBetterThanAGuessAndNoBetterThanOffline() {
    var own = learner(report, 0).figures().orElseThrow();
    var guess = learner(report, 1).figures().orElseThrow();
    var offline = report.streams().get(0).offline().figures().orElseThrow();
    assertThat(own.accuracy().mean()).isGreaterThan(0.8);
    assertThat(guess.accuracy().mean()).isLessThan(0.1);
    assertThat(offline.accuracy().mean()).isGreaterThan(0.97);
    assertThat(offline.domains()).containsOnlyKeys("day", "night");
  }

  @Test
  void shouldSayOfALearnerThatItDidNotFinish() {
    var slow = learner(report, 2);
    assertThat(slow.seeds()).isEqualTo(1);
    assertThat(slow.figures()).isPresent();
    assertThat(new ReportTable(report).lines())
        .contains(
            "slow: did not finish: 1 of 2 seeds, and 41 of 160 images of the next, in its 200 s");
  }

  @Test
  void shouldGiveTheSameFiguresWhenRunAgain() {
    assertThat(run(RARE).json()).isEqualTo(ofRareClass.json());
  }

  @Test
  void shouldPrintTableJsonAndPlotOfTheSameFigures() throws Exception {
    var own = learner(report, 0).figures().orElseThrow().accuracy();
    assertThat(new ReportTable(report).lines())
        .anyMatch(line -> line.startsWith("headwater ") && line.contains(own.withDeviation()))
        .anyMatch(line -> line.startsWith("offline "));
    JsonNode json = Json.MAPPER.readTree(report.json());
    assertThat(json.at("/streams/0/learners/0/figures/accuracy/mean").asDouble())
        .isEqualTo(own.mean());
    assertThat(json.at("/streams/0/learners/0/figures/accuracy/values")).hasSize(2);
    var svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(new ReportPlot(report).svg())));
    assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(3);
    assertThat(svg.getDocumentElement().getTextContent())
        .contains("even <", "night", "headwater " + own.alone());
  }

  @Test
  void shouldCompareHowARareClassIsFound() {
    var own = learner(ofRareClass, 0).figures().orElseThrow();
    var offline = ofRareClass.streams().get(0).offline();
    assertThat(own.recall().mean()).isGreaterThan(0.5);
    assertThat(offline.name()).isEqualTo("balanced offline");
    assertThat(offline.figures().orElseThrow().f1().mean()).isGreaterThan(0.9);
    assertThat(new ReportTable(ofRareClass).lines().get(2)).contains("F1", "precision", "recall");
  }

  @Test
  void shouldRefuseAPeerThatIsNotThere() {
    assertThatThrownBy(() -> Contenders.of(List.of("slda", "oracle")))
        .hasMessageStartingWith("there is no peer \"oracle\"; found naive, slda,");
  }
}
