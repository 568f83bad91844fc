package dev.headwater.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The learner, and all that it stands on, is plain Java: it compiles where there is no Kafka. Of
 * package {@code event}, whose readers of records know Kafka's headers, the classes are used as
 * they are.
 */
class LearnerCompilesWithoutKafkaTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/headwater");
  private static final List<String> PACKAGES =
      List.of("image", "backbone", "head", "evaluation", "snapshot", "learner");
  private static final String A_CLASS_OF_KAFKA = "org.apache.kafka.common.TopicPartition";

  @Test
  void shouldCompileWhereThereIsNoKafka(@TempDir Path target) throws IOException {
    assertThat(sources()).hasSizeGreaterThan(80);
    assertThat(compile(sources(), target)).isEmpty();
    assertThat(target.resolve("dev/headwater/learner/OpenModel.class")).isRegularFile();
  }

  @Test
  void shouldNotCompileHereWhatNeedsKafka(@TempDir Path folder) throws IOException {
    Path source = folder.resolve("Stranger.java");
    Files.writeString(source, "class Stranger { %s partition; }".formatted(A_CLASS_OF_KAFKA));
    assertThat(compile(List.of(source), folder)).contains("org.apache.kafka");
  }

  @Test
  void shouldLeaveNothingOfKafkaOnTheClassPath() throws Exception {
    try (var all = loader(classPath());
        var withoutKafka = loader(classPathWithoutKafka())) {
      assertThat(all.loadClass(A_CLASS_OF_KAFKA)).isNotNull();
      assertThatThrownBy(() -> withoutKafka.loadClass(A_CLASS_OF_KAFKA))
          .isInstanceOf(ClassNotFoundException.class);
    }
  }

  private static List<Path> sources() throws IOException {
    var sources = new ArrayList<Path>();
    for (String name : PACKAGES) {
      try (var files = Files.walk(SOURCES.resolve(name))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    return sources;
  }

  /** Returns what the compiler has to say; nothing if all is well. */
  private static String compile(List<Path> sources, Path target) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var said = new StringWriter();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(target));
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPathWithoutKafka());
      // Compiles what is named and nothing else: other classes are read as they are.
      files.setLocationFromPaths(StandardLocation.SOURCE_PATH, List.of());
      var options = List.of("-proc:none", "-nowarn", "--release", "17", "-XDrawDiagnostics");
      boolean succeeds =
          compiler
              .getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      return succeeds ? "" : said.toString();
    }
  }

  private static List<Path> classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .toList();
  }

  private static List<Path> classPathWithoutKafka() {
    return classPath().stream()
        .filter(path -> !path.getFileName().toString().contains("kafka"))
        .toList();
  }

  /** Finds what is on a class path, and of the JDK. */
  private static URLClassLoader loader(List<Path> classPath) throws MalformedURLException {
    var urls = new URL[classPath.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = classPath.get(i).toUri().toURL();
    }
    return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
  }
}
