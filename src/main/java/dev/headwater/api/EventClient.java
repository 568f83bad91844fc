package dev.headwater.api;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A client of the event stream. Events that are not sent yet are queued; a client whose queue is
 * full gets a comment that says so, and is disconnected. Thread-safe; offering an event never
 * blocks.
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

  /** Sends a heartbeat comment; disconnects a client that has ended and still does not read. */
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

  /** A connection that was just closed may throw. */
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
