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
import dev.headwater.learner.release.CommandResult.RefusedException;
import dev.headwater.learner.release.ReleaseRecord.CommandReply;
import dev.headwater.snapshot.SnapshotException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Carries out what is asked of a model, and replies to each request with one event.
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
  public List<LearnerOutput> carryOut(Model model, ModelRequest request, Instant time) {
    var events = ReleaseEvents.at(model, time);
    var known = model.release().reply(request.id());
    String asked = fingerprint(request);
    if (known.isPresent()) {
      return List.of(again(events, known.get(), asked));
    }
    var result = result(model, request, time);
    String message = Fields.sentence(result.message());
    model
        .release()
        .replied(new CommandReply(request.id(), asked, result.kind(), result.version(), message));
    var outputs = new ArrayList<>(result.outputs());
    outputs.add(new NewEvent(events.reply(request.id(), result.kind(), result.version(), message)));
    return outputs;
  }

  private static NewEvent again(ReleaseEvents events, CommandReply known, String asked) {
    if (known.request().equals(asked)) {
      String message = known.message() + " (answered before)";
      return new NewEvent(events.reply(known.id(), known.kind(), known.version(), message));
    }
    String message =
        "something else was asked of model %s under the id '%s'; give each request an id of its own"
            .formatted(events.model().name(), known.id());
    return new NewEvent(events.reply(known.id(), Kind.REFUSED, 0, message));
  }

  private static String fingerprint(ModelRequest request) {
    byte[] wire = LearnerInputCodec.write(new Requested(request));
    return HexFormat.of().formatHex(ContentHash.of(wire));
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

  private CommandResult result(Model model, ModelRequest request, Instant time) {
    try {
      return request instanceof SnapshotImport file
          ? versions.importHead(model, file, time)
          : command(model, (ModelCommand) request, time);
    } catch (RefusedException e) {
      return new CommandResult(Kind.REFUSED, 0, e.getMessage());
    }
  }

  private CommandResult command(Model model, ModelCommand command, Instant time)
      throws RefusedException {
    return switch (command.action()) {
      case PROMOTE -> versions.promote(model, command.version().orElseThrow());
      case ROLLBACK -> versions.rollBack(model, command.version());
      case PIN -> RuleCommands.pin(model);
      case UNPIN -> RuleCommands.unpin(model);
      case RESET -> rules.reset(model);
      case THRESHOLD -> rules.threshold(model, command.threshold().orElseThrow(), time);
      case POLICY -> rules.policy(model, command.policy().orElseThrow());
    };
  }
}
