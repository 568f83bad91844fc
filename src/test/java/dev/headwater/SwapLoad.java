package dev.headwater;

import dev.headwater.HttpCaller.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that ask about images all the time while versions are swapped.
 *
 * @param caller for all of them
 * @param images asked about in turn
 * @param least answers in all
 */
record SwapLoad(HttpCaller caller, List<byte[]> images, int least) {
  private static final String PREDICTIONS = "/api/models/default/predictions";

  /**
   * One answer.
   *
   * @param image index of the one asked about
   * @param asked when, in ns
   * @param answered when, in ns
   */
  record Answer(int image, Reply reply, long asked, long answered) {
    long version() {
      return reply.json().get("version").asLong();
    }

    double probability() {
      return reply.json().get("probability").asDouble();
    }
  }

  /** Asks with so many clients until there are enough answers and the swaps are done. */
  List<Answer> run(int clients, Callable<?> swaps) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    var done = new AtomicBoolean();
    var next = new AtomicInteger();
    var asked = new ArrayList<Future<List<Answer>>>();
    try {
      for (int n = 0; n < clients; n++) {
        asked.add(threads.submit(() -> ask(next, done)));
      }
      swaps.call();
    } finally {
      done.set(true);
      threads.shutdown();
    }
    var answers = new ArrayList<Answer>();
    asked.forEach(found -> answers.addAll(Eventually.done(found)));
    return answers;
  }

  private List<Answer> ask(AtomicInteger next, AtomicBoolean done)
      throws IOException, InterruptedException {
    var answers = new ArrayList<Answer>();
    for (int n = next.getAndIncrement(); n < least || !done.get(); n = next.getAndIncrement()) {
      int image = n % images.size();
      long asked = System.nanoTime();
      var reply = caller.post(PREDICTIONS, "image/png", images.get(image));
      answers.add(new Answer(image, reply, asked, System.nanoTime()));
    }
    return answers;
  }

  /**
   * Returns the longest time in which no client got an answer, in ms: of those from an answer of
   * one version to an answer of another, or of all others.
   */
  static double longestPause(List<Answer> answers, boolean atSwaps) {
    var inOrder = answers.stream().sorted(Comparator.comparingLong(Answer::answered)).toList();
    long longest = 0;
    for (int n = 1; n < inOrder.size(); n++) {
      var before = inOrder.get(n - 1);
      var after = inOrder.get(n);
      if ((before.version() != after.version()) == atSwaps) {
        longest = Math.max(longest, after.answered() - before.answered());
      }
    }
    return longest / 1e6;
  }

  /** Returns how long the slowest answer took, in ms. */
  static double slowest(List<Answer> answers) {
    return answers.stream().mapToLong(a -> a.answered() - a.asked()).max().orElse(0) / 1e6;
  }
}
