package dev.headwater.cli.life;

import dev.headwater.cli.client.Console;
import dev.headwater.cli.client.ServiceOptions;
import dev.headwater.cli.client.VersionsClient;
import java.net.URI;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The model that a command is about, where its service is, and the form of the output. */
final class ModelOptions {
  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      converter = ModelName.class,
      description = "The model's name.")
  private String model;

  @Mixin private ServiceOptions service;

  @Option(names = "--json", description = "Print the response as one JSON value, nothing else.")
  private boolean json;

  String model() {
    return model;
  }

  boolean json() {
    return json;
  }

  URI url() {
    return service.url();
  }

  VersionsClient client(Console console) {
    return service.versions(console);
  }
}
