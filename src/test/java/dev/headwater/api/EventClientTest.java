package dev.headwater.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.api.EventClient.Line;
import dev.headwater.api.EventClient.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What reaches one who listens, and what becomes of one who does not read. */
class EventClientTest {
  private final FakeLine line = new FakeLine();
  private final EventClient client = new EventClient(line);

  /** A line that takes one message after the other, when the test lets it. */
  private static final class FakeLine implements Line {
    private final List<String> sent = new ArrayList<>();
    private CompletableFuture<Void> room = new CompletableFuture<>();
    private boolean closed;
    private boolean broken;

    @Override
    public CompletionStage<?> send(Message message) {
      if (broken) {
        throw new IllegalStateException("Already closed");
      }
      sent.add((message.isComment() ? ":" : "") + message.text());
      room = new CompletableFuture<>();
      return room;
    }

    void drain() {
      room.complete(null);
    }

    @Override
    public boolean isClosed() {
      return closed;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void shouldSendInOrderAndOneAtATime() {
    client.event("1");
    client.event("2");
    client.heartbeat();
    assertThat(line.sent).containsExactly("1");
    line.drain();
    line.drain();
    line.drain();
    assertThat(line.sent).containsExactly("1", "2", ":still here");
    assertThat(client.isEnded()).isFalse();
  }

  @Test
  void shouldEndWhereTheLineThrows() {
    line.broken = true;
    client.event("1");
    assertThat(client.isEnded()).isTrue();
    assertThat(line.closed).isTrue();
  }

  @Test
  void shouldCutOffOneThatWasLetGoAndStillDoesNotRead() {
    for (int n = 0; n <= EventClient.MOST_WAITING + 1; n++) {
      client.event("" + n);
    }
    client.event("one more");
    assertThat(line.closed).isFalse();
    client.heartbeat();
    assertThat(line.closed).isTrue();
  }

  @Test
  void shouldLetGoOfOneThatDoesNotReadWithALastWord() {
    for (int n = 0; n <= EventClient.MOST_WAITING + 1; n++) {
      client.event("" + n);
    }
    assertThat(client.isEnded()).isTrue();
    assertThat(line.sent).containsExactly("0");
    client.event("too late");
    line.drain();
    line.drain();
    assertThat(line.sent).containsExactly("0", ":" + EventClient.TOO_SLOW);
    assertThat(line.closed).isTrue();
  }

  @Test
  void shouldCutOffOneThatDoesNotEvenReadTheLastWord() {
    for (int n = 0; n <= EventClient.MOST_WAITING + 1; n++) {
      client.event("" + n);
    }
    assertThat(line.closed).isFalse();
    client.heartbeat();
    assertThat(line.closed).isTrue();
  }

  @Test
  void shouldEndWhereTheLineFails() {
    client.event("1");
    client.event("2");
    line.room.completeExceptionally(new IllegalStateException("connection reset"));
    assertThat(line.sent).containsExactly("1");
    assertThat(client.isEnded()).isTrue();
    assertThat(line.closed).isTrue();
  }
}
