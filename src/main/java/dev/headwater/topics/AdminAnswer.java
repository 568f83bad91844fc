package dev.headwater.topics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InvalidMetadataException;
import org.apache.kafka.common.errors.RetriableException;

/** What Kafka answered to one item of an administrative request: a value, or a refusal. */
public sealed interface AdminAnswer<T> {
  record Value<T>(T value) implements AdminAnswer<T> {}

  record Refusal<T>(ApiException reason) implements AdminAnswer<T> {}

  /**
   * Waits for all answers, each as long as the client's own time limit.
   *
   * @param request what was asked, for the message
   * @throws TopicsException if Kafka did not answer at all
   */
  static <K, T> Map<K, AdminAnswer<T>> all(Map<K, KafkaFuture<T>> futures, String request) {
    var answers = new LinkedHashMap<K, AdminAnswer<T>>();
    futures.forEach((item, future) -> answers.put(item, one(future, request)));
    return answers;
  }

  /**
   * Waits for the answer to a request that Kafka must not refuse.
   *
   * @param request what was asked, for the message
   * @throws TopicsException if Kafka refused or did not answer
   */
  static <T> T required(KafkaFuture<T> future, String request) {
    return one(future, request).orThrow("Kafka refused to " + request);
  }

  /**
   * Returns the value.
   *
   * @param failure begins the message, before the reason
   * @throws TopicsException if Kafka refused
   */
  default T orThrow(String failure) {
    if (this instanceof Refusal<T> refusal) {
      throw new TopicsException(failure + ": " + refusal.reason().getMessage(), refusal.reason());
    }
    return ((Value<T>) this).value();
  }

  private static <T> AdminAnswer<T> one(KafkaFuture<T> future, String request) {
    try {
      return new Value<>(future.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthenticationException unknown) {
        throw new TopicsException(
            "Kafka did not let us %s: %s; check the security settings that are given as kafka.… or KAFKA_…"
                .formatted(request, innermost(unknown).getMessage()),
            unknown);
      }
      if (e.getCause() instanceof ApiException refusal && !isNoAnswer(refusal)) {
        return new Refusal<>(refusal);
      }
      throw new TopicsException(
          "Kafka did not %s: %s; see that it runs and can be reached"
              .formatted(request, e.getCause().getMessage()),
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TopicsException("interrupted while Kafka was to " + request, e);
    }
  }

  /** Of a TLS handshake that failed, only the innermost cause says why. */
  private static Throwable innermost(Throwable failure) {
    var cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** An unknown topic is an answer, though Kafka calls it worth another try. */
  private static boolean isNoAnswer(ApiException reason) {
    return reason instanceof RetriableException && !(reason instanceof InvalidMetadataException);
  }
}
