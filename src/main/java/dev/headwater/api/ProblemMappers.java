package dev.headwater.api;

import dev.headwater.api.RequestBodies.TooLargeException;
import dev.headwater.api.RequestBodies.TooManyException;
import dev.headwater.api.RequestBodies.TooSlowException;
import dev.headwater.event.ErrorCode;
import dev.headwater.event.RejectedException;
import dev.headwater.stream.AdaptationStreams.NotReadyException;
import dev.headwater.stream.Classifier.BusyException;
import dev.headwater.stream.call.Intake.UndeliveredException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Maps exceptions to problem details (RFC 9457). */
final class ProblemMappers {
  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
  private static final String RETRY_AFTER_SECONDS = "2";
  private static final int TOO_LARGE = 413;
  private static final int UNPROCESSABLE = 422;

  @ServerExceptionMapper
  Response notReady(NotReadyException e) {
    return later(e);
  }

  @ServerExceptionMapper
  Response busy(BusyException e) {
    return later(e);
  }

  @ServerExceptionMapper
  Response tooMany(TooManyException e) {
    return later(e);
  }

  /** What Kafka does not take because of its size, it will never take. */
  @ServerExceptionMapper
  Response undelivered(UndeliveredException e) {
    return e.getCause() instanceof RecordTooLargeException
        ? problem(TOO_LARGE, "Content Too Large", e.getMessage()).build()
        : later(e);
  }

  private static Response later(RuntimeException e) {
    return problem(503, "Service Unavailable", e.getMessage())
        .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
        .build();
  }

  /** The rest of the body is not wanted: the connection cannot be used again. */
  @ServerExceptionMapper
  Response tooLarge(TooLargeException e) {
    return problem(TOO_LARGE, "Content Too Large", e.getMessage())
        .header("Connection", "close")
        .build();
  }

  @ServerExceptionMapper
  Response tooSlow(TooSlowException e) {
    return problem(408, "Request Timeout", e.getMessage()).header("Connection", "close").build();
  }

  @ServerExceptionMapper
  Response rejected(RejectedException e) {
    int status = status(e.code());
    var reason = Response.Status.fromStatusCode(status);
    String title = reason == null ? "Unprocessable Content" : reason.getReasonPhrase();
    return Response.status(status)
        .type(Problem.CONTENT_TYPE)
        .entity(Problem.of(status, title, e.getMessage()).because(e.code()))
        .build();
  }

  /** What is wrong with the call is 400, what is wrong with an image 422. */
  private static int status(ErrorCode code) {
    return switch (code) {
      case EVENT_EMPTY, EVENT_MALFORMED, EVENT_WITHOUT_LABEL, EVENT_FIELD_INVALID -> 400;
      case MODEL_UNKNOWN -> 404;
      case BACKBONE_MISMATCH, ID_REUSED, MODEL_LIMIT -> 409;
      case IMAGE_TOO_MANY_BYTES -> TOO_LARGE;
      case EVENT_WITHOUT_IMAGE,
          IMAGE_TOO_MANY_PIXELS,
          IMAGE_FORMAT_UNKNOWN,
          IMAGE_TRUNCATED,
          IMAGE_CORRUPT,
          LABEL_UNKNOWN,
          LABEL_WITHOUT_IMAGE ->
          UNPROCESSABLE;
    };
  }

  /** A defect: the stack trace is in the log. */
  @ServerExceptionMapper
  Response unexpected(RuntimeException e) {
    LOG.error("A call failed", e);
    return problem(500, "Internal Server Error", "unexpected error; see the log").build();
  }

  /** Keeps what belongs to a status, such as the methods that are allowed. */
  @ServerExceptionMapper
  Response other(WebApplicationException e) {
    var given = e.getResponse();
    var status = given.getStatusInfo();
    var response = problem(status.getStatusCode(), status.getReasonPhrase(), e.getMessage());
    given.getHeaders().forEach((name, values) -> values.forEach(v -> response.header(name, v)));
    return response.type(Problem.CONTENT_TYPE).build();
  }

  static Response.ResponseBuilder unprocessable(String detail) {
    return problem(UNPROCESSABLE, "Unprocessable Content", detail);
  }

  private static Response.ResponseBuilder problem(int status, String title, String detail) {
    return Response.status(status)
        .type(Problem.CONTENT_TYPE)
        .entity(Problem.of(status, title, detail));
  }
}
