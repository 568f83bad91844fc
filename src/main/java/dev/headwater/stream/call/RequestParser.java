package dev.headwater.stream.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headwater.event.ImageHeaders;
import dev.headwater.event.ModelRequest;
import dev.headwater.event.ModelRequestReader;
import dev.headwater.event.RecordSource;
import dev.headwater.event.RejectedException;
import dev.headwater.event.SnapshotImport;
import java.time.Instant;

/** Reads the requests about a model that HTTP callers send. */
public final class RequestParser {
  /** The position that a message about a call gives in place of a record's. */
  static final String HERE = "of this call";

  private RequestParser() {}

  /**
   * Reads a command, given as JSON.
   *
   * @param id of the command if it names none
   * @throws RejectedException if it is none, or is about another model
   */
  public static ModelRequest command(String model, String id, byte[] json)
      throws RejectedException {
    var headers = EventHeaders.json();
    EventHeaders.add(headers, ImageHeaders.ID, id);
    return ModelRequestReader.read(
        json, new RecordSource(model.getBytes(UTF_8), headers, HERE, Instant.now()));
  }

  /**
   * Reads a request to import a snapshot; the learner will check the file.
   *
   * @throws RejectedException if it has no file, or one that is too large
   */
  public static ModelRequest snapshot(String model, String id, byte[] file)
      throws RejectedException {
    var time = Instant.now();
    var headers = EventHeaders.of(id, SnapshotImport.TYPE, EventHeaders.OCTETS, time);
    return ModelRequestReader.read(
        file, new RecordSource(model.getBytes(UTF_8), headers, HERE, time));
  }
}
