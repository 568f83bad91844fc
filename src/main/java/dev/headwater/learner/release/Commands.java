package dev.headwater.learner.release;

import dev.headwater.event.ContentHash;
import dev.headwater.event.Fields;
import dev.headwater.event.LifeEvent;
import dev.headwater.event.ModelCommand;
import dev.headwater.event.ModelEvent.Kind;
import dev.headwater.event.ModelRequest;
import dev.headwater.event.RejectedException;
import dev.headwater.event.SnapshotImport;
import dev.headwater.head.OnlineLearner;
import dev.headwater.learner.model.LearnerInput.Requested;
import dev.headwater.learner.model.LearnerInputCodec;
import dev.headwater.learner.model.LearnerOutput;
import dev.headwater.learner.model.LearnerOutput.NewEvent;
import dev.headwater.learner.model.ModelCatalog;
import dev.headwater.learner.model.ModelMemory;
import dev.headwater.learner.release.CommandResult.RefusedException;
import dev.headwater.learner.release.ReleaseRecord.Answered;
import dev.headwater.snapshot.SnapshotException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Carries out what is asked of a model, and answers each request with one event.
 *
 * @param imports makes versions of heads from elsewhere
 * @param catalog the models
 * @param versions carries out what is asked about versions
 * @param rules carries out what is asked about rules
 */
public record Commands(
    HeadImporter imports, ModelCatalog catalog, VersionCommands versions, RuleCommands rules) {

  public static Commands of(HeadImporter imports, ModelCatalog catalog, OnlineLearner learner) {
    return new Commands(
        imports,
        catalog,
        new VersionCommands(imports, catalog, learner),
        new RuleCommands(catalog, learner, new HoldoutPolicy(learner)));
  }

  /**
   * Carries out a request, or refuses it; one whose id was answered before is answered again.
   *
   * @param time of the request
   */
  public List<LearnerOutput> carryOut(ModelMemory memory, ModelRequest request, Instant time) {
    var events = ReleaseEvents.at(memory, time);
    var known = memory.versions().answer(request.id());
    String asked = fingerprint(request);
    if (known.isPresent()) {
      return List.of(
          known.get().isTo(asked)
              ? answer(
                  events,
                  request,
                  known.get().kind(),
                  known.get().version(),
                  known.get().message() + " (answered before)")
              : answer(
                  events,
                  request,
                  Kind.REFUSED,
                  0,
                  "something else was asked of model %s under the id '%s'; give each request an id of its own"
                      .formatted(memory.model(), request.id())));
    }
    var result = result(memory, request, time);
    memory
        .versions()
        .answered(
            new Answered(
                request.id(),
                asked,
                result.kind(),
                result.version(),
                Fields.sentence(result.message())));
    var outputs = new ArrayList<>(result.outputs());
    outputs.add(answer(events, request, result.kind(), result.version(), result.message()));
    return outputs;
  }

  private static String fingerprint(ModelRequest request) {
    byte[] wire = LearnerInputCodec.write(new Requested(request));
    return HexFormat.of().formatHex(ContentHash.of(wire));
  }

  private static NewEvent answer(
      ReleaseEvents events, ModelRequest request, Kind kind, long version, String message) {
    return new NewEvent(events.of(kind, Optional.of(request.id()), version, message));
  }

  /**
   * Returns the refusal of a request about a model that does not exist; empty for an import that
   * may be its first version.
   *
   * @param models how many there are
   */
  public Optional<LearnerOutput> refusalForNone(ModelRequest request, int models, Instant time) {
    String why = "there is no model '%s'".formatted(request.model());
    if (request instanceof SnapshotImport file) {
      try {
        catalog.admitImport(file.model(), models);
        imports.read(file, 1, time);
        return Optional.empty();
      } catch (SnapshotException | RejectedException e) {
        why = "the import for model %s is refused: %s".formatted(request.model(), e.getMessage());
      }
    }
    return Optional.of(
        new NewEvent(
            new LifeEvent(
                request.model(),
                Kind.REFUSED,
                Optional.of(request.id()),
                0,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                0,
                time,
                Fields.sentence(why))));
  }

  private CommandResult result(ModelMemory memory, ModelRequest request, Instant time) {
    try {
      return request instanceof SnapshotImport file
          ? versions.importHead(memory, file, time)
          : command(memory, (ModelCommand) request, time);
    } catch (RefusedException e) {
      return new CommandResult(Kind.REFUSED, 0, e.getMessage());
    }
  }

  private CommandResult command(ModelMemory memory, ModelCommand command, Instant time)
      throws RefusedException {
    return switch (command.action()) {
      case PROMOTE -> versions.promote(memory, command.version().orElseThrow());
      case ROLLBACK -> versions.rollBack(memory, command.version());
      case PIN -> RuleCommands.pin(memory);
      case UNPIN -> RuleCommands.unpin(memory);
      case RESET -> rules.reset(memory);
      case THRESHOLD -> rules.threshold(memory, command.threshold().orElseThrow(), time);
      case POLICY -> rules.policy(memory, command.policy().orElseThrow());
    };
  }
}
