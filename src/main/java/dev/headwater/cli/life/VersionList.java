package dev.headwater.cli.life;

import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.cli.client.VersionsClient;
import dev.headwater.event.ModelVersion;
import java.util.List;

/** The versions of a model that the service keeps. */
record VersionList(String model, List<ModelVersion> versions) {
  static VersionList of(String model, VersionsClient client) {
    return new VersionList(model, client.versions(model));
  }

  /**
   * Returns one of them.
   *
   * @throws CommandFailedException if it is not among them
   */
  ModelVersion require(long version) {
    return versions.stream()
        .filter(kept -> kept.version() == version)
        .findFirst()
        .orElseThrow(
            () ->
                new CommandFailedException(
                    "version %d of model %s is not kept, expected one of %s"
                        .formatted(
                            version,
                            model,
                            versions.stream().map(ModelVersion::version).toList())));
  }
}
