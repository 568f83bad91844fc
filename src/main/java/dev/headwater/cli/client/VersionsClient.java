package dev.headwater.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.headwater.event.Json;
import dev.headwater.event.LifeEvent;
import dev.headwater.event.ModelCommand;
import dev.headwater.event.ModelVersion;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;

/** Asks the service for the versions of a model, and to change what becomes of them. */
public final class VersionsClient {
  private final ServiceHttp service;

  VersionsClient(ServiceHttp service) {
    this.service = service;
  }

  /**
   * What came of a request.
   *
   * @param json as the service told it
   * @param event what happened; empty if the service has not carried it out yet
   */
  public record Outcome(JsonNode json, Optional<LifeEvent> event) {
    /** The request's id, under which it can be sent again without being carried out twice. */
    public String id() {
      return event.flatMap(VersionsClient::command).orElseGet(() -> json.path("id").asText());
    }
  }

  /**
   * The versions that the service keeps, newest first, as it told them.
   *
   * @throws CommandFailedException if the service cannot be reached or knows no such model
   */
  public JsonNode json(String model) {
    return service.get(snapshots(model)).array();
  }

  /** The same, read into records. */
  public List<ModelVersion> versions(String model) {
    var reply = service.get(snapshots(model));
    return List.of(reply.as(reply.array(), ModelVersion[].class));
  }

  /**
   * The safetensors file of a version.
   *
   * @throws CommandFailedException if the service cannot be reached or does not keep it
   */
  public byte[] file(String model, long version) {
    return service.get(snapshots(model) + "/" + version).body();
  }

  /**
   * Has a head become a version of a model.
   *
   * @param id makes it idempotent
   * @throws CommandFailedException if the service cannot be reached or refuses it
   */
  public Outcome importFile(String model, byte[] file, String id) {
    String path = "%s?id=%s".formatted(snapshots(model), URLEncoder.encode(id, UTF_8));
    return outcome(service.post(path, "application/octet-stream", file, id));
  }

  /**
   * Has a command carried out.
   *
   * @throws CommandFailedException if the service cannot be reached or refuses it
   */
  public Outcome carryOut(ModelCommand command) {
    var json = Json.MAPPER.createObjectNode();
    json.put("id", command.id());
    json.put("command", command.action().wireName());
    command.version().ifPresent(version -> json.put("version", version));
    command.threshold().ifPresent(threshold -> json.put("threshold", threshold));
    command.policy().ifPresent(policy -> json.put("policy", policy));
    byte[] body = json.toString().getBytes(UTF_8);
    return outcome(
        service.post(
            "/api/models/%s/commands".formatted(command.model()),
            "application/json",
            body,
            command.id()));
  }

  /** A service of another build may leave it out. */
  private static Optional<String> command(LifeEvent event) {
    return event.command() == null ? Optional.empty() : event.command();
  }

  private static Outcome outcome(ServiceHttp.Reply reply) {
    var json = reply.json();
    return new Outcome(
        json, reply.isPending() ? Optional.empty() : Optional.of(reply.as(json, LifeEvent.class)));
  }

  private static String snapshots(String model) {
    return "/api/models/%s/snapshots".formatted(model);
  }
}
