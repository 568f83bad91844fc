package dev.headwater.api;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One who listens to events over HTTP. What is not sent yet waits; who lets too much wait is told
 * so, and let go. Thread-safe, and nobody who tells it something waits for it.
 */
final class EventClient {
  /** Events that wait at most: some 1 KB each. */
  static final int MOST_WAITING = 256;

  static final String TOO_SLOW = "too slow: %d events wait to be read".formatted(MOST_WAITING);

  private final Line line;
  private final Deque<Message> waiting = new ArrayDeque<>();
  private boolean sending;
  private boolean ended;

  /** Where it is sent. */
  interface Line {
    /** Sends; the stage is complete once there is room for more. */
    CompletionStage<?> send(Message message);

    boolean isClosed();

    void close();
  }

  /**
   * An event as JSON, or a comment, which programs pass over.
   *
   * @param isComment whether it is that
   */
  record Message(String text, boolean isComment) {}

  EventClient(Line line) {
    this.line = line;
  }

  void event(String json) {
    offer(new Message(json, false));
  }

  /** Says that the line is there; who has been let go and still does not read is cut off. */
  void heartbeat() {
    if (isEnded()) {
      line.close();
    } else {
      offer(new Message("still here", true));
    }
  }

  /** Whether nothing more will come. */
  synchronized boolean isEnded() {
    return ended || line.isClosed();
  }

  /** Says a last word. */
  synchronized void end(String why) {
    if (!ended) {
      ended = true;
      waiting.clear();
      waiting.add(new Message(why, true));
      sendNext();
    }
  }

  synchronized void offer(Message message) {
    if (ended) {
      return;
    }
    if (waiting.size() >= MOST_WAITING) {
      end(TOO_SLOW);
      return;
    }
    waiting.add(message);
    sendNext();
  }

  private synchronized void sendNext() {
    if (sending) {
      return;
    }
    var next = waiting.poll();
    if (next != null) {
      sending = true;
      send(next).whenComplete(this::sent);
    } else if (ended) {
      line.close();
    }
  }

  /** A line that was closed a moment ago may say so by throwing. */
  private CompletionStage<?> send(Message message) {
    try {
      return line.send(message);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private synchronized void sent(Object nothing, Throwable failure) {
    sending = false;
    if (failure != null) {
      ended = true;
      waiting.clear();
    }
    sendNext();
  }
}
