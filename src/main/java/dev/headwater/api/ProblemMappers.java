package dev.headwater.api;

import dev.headwater.stream.AdaptationStreams.NotReadyException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers failures as problem details (RFC 9457). */
final class ProblemMappers {
  private static final String RETRY_AFTER_SECONDS = "2";

  @ServerExceptionMapper
  Response notReady(NotReadyException e) {
    return problem(Response.Status.SERVICE_UNAVAILABLE, e.getMessage())
        .header("Retry-After", RETRY_AFTER_SECONDS)
        .build();
  }

  @ServerExceptionMapper
  Response notFound(NotFoundException e) {
    return problem(Response.Status.NOT_FOUND, e.getMessage()).build();
  }

  private static Response.ResponseBuilder problem(Response.Status status, String detail) {
    return Response.status(status)
        .type(Problem.CONTENT_TYPE)
        .entity(Problem.of(status.getStatusCode(), status.getReasonPhrase(), detail));
  }
}
