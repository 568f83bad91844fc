package dev.headwater.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, from the Maven descriptor inside the jar. */
final class BuildVersion implements IVersionProvider {
  private static final String DESCRIPTOR = "/META-INF/maven/dev.headwater/headwater/pom.properties";

  @Override
  public String[] getVersion() throws IOException {
    return new String[] {
      "headwater " + version().orElse("(not packaged)"),
      "Java ${java.version} (${java.vm.name}), ${os.name} ${os.arch}"
    };
  }

  private static Optional<String> version() throws IOException {
    try (var stream = BuildVersion.class.getResourceAsStream(DESCRIPTOR)) {
      if (stream == null) {
        return Optional.ofNullable(BuildVersion.class.getPackage().getImplementationVersion());
      }
      var properties = new Properties();
      properties.load(stream);
      return Optional.ofNullable(properties.getProperty("version"));
    }
  }
}
