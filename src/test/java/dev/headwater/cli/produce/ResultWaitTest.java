package dev.headwater.cli.produce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.cli.client.FakeKafka;
import dev.headwater.cli.client.ImageResults;
import dev.headwater.topics.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResultWaitTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final FakeKafka kafka = new FakeKafka();
  private final AtomicLong nanos = new AtomicLong();
  private final SendTally tally = new SendTally(true, nanos::get);
  private ImageResults results;

  @BeforeEach
  void sendTwo() {
    results = ImageResults.fromNow(kafka.consumer(), TopicNames.withDefaultPrefix());
    for (var id : new String[] {"one", "two"}) {
      tally.acknowledged(id, new LabelledFile(Path.of(id), "photo", "cat"), true);
    }
  }

  /** Each look at the clock takes a second. */
  private boolean await() {
    return ResultWait.untilComplete(
        tally, results, PATIENCE, () -> false, () -> nanos.addAndGet(1_000_000_000));
  }

  @Test
  void shouldEndWhenEachImageIsPredictedOrRefused() {
    kafka.predict("one", "default", 0.9, 1);
    kafka.predict("of somebody else", "default", 0.9, 1);
    kafka.refuse("two", "IMAGE_CORRUPT", "no pixels");

    assertThat(await()).isTrue();

    assertThat(tally.answered()).isEqualTo(1);
    assertThat(tally.refusals())
        .containsExactly(new SendTally.Refusal("two", "IMAGE_CORRUPT: no pixels"));
  }

  @Test
  void shouldGiveUpWhenNothingComes() {
    kafka.predict("one", "default", 0.9, 1);

    assertThat(await()).isFalse();

    assertThat(tally.unanswered()).isEqualTo(1);
    assertThat(nanos.get()).isGreaterThan(PATIENCE.toNanos());
  }
}
