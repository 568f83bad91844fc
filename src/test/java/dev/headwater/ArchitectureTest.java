package dev.headwater;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.headwater.backbone.Embedding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Holds the code to the table of packages in docs/architecture.md. */
@AnalyzeClasses(
    packages = "dev.headwater",
    importOptions = {
      ImportOption.DoNotIncludeTests.class,
      ArchitectureTest.DoNotIncludeBenchmarks.class
    })
class ArchitectureTest {
  private static final String ROOT = "dev.headwater.";
  private static final int MOST_FILES = 40;
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Pattern ONE_SENTENCE_FIRST =
      Pattern.compile("(?s)/\\*\\*\\s+(\\* )?\\w.*\\.\\s.*");

  /** Leaves out what the profile "bench" compiles: benchmarks and tests, in a place of its own. */
  static final class DoNotIncludeBenchmarks implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/bench-classes/");
    }
  }

  /** What each package may use, beside itself; those of the surface below may use all of them. */
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("event", List.of()),
          Map.entry("image", List.of()),
          Map.entry("evaluation", List.of()),
          Map.entry("broker", List.of()),
          Map.entry("backbone", List.of("image")),
          Map.entry("head", List.of("backbone")),
          Map.entry("snapshot", List.of("head")),
          Map.entry(
              "learner.model", List.of("event", "backbone", "head", "evaluation", "snapshot")),
          Map.entry(
              "learner.release",
              List.of("event", "backbone", "head", "evaluation", "snapshot", "learner.model")),
          Map.entry(
              "learner",
              List.of(
                  "event",
                  "backbone",
                  "head",
                  "evaluation",
                  "snapshot",
                  "learner.model",
                  "learner.release")),
          Map.entry("topics", List.of("event")),
          Map.entry("stream.runtime", List.of("image", "head", "topics")),
          Map.entry("stream.preflight", List.of("topics", "stream.runtime")),
          Map.entry("stream.call", List.of("event", "topics", "stream.runtime")),
          Map.entry(
              "stream",
              List.of(
                  "event",
                  "image",
                  "backbone",
                  "head",
                  "evaluation",
                  "snapshot",
                  "learner",
                  "learner.model",
                  "learner.release",
                  "topics",
                  "stream.runtime")),
          Map.entry(
              "app",
              List.of(
                  "event",
                  "image",
                  "backbone",
                  "head",
                  "evaluation",
                  "snapshot",
                  "broker",
                  "learner",
                  "learner.model",
                  "learner.release",
                  "topics",
                  "stream",
                  "stream.runtime",
                  "stream.preflight",
                  "stream.call")));

  /** Nothing may use these. */
  private static final List<String> SURFACE = List.of("api", "cli..");

  /** Each package may use those named with it, and no other, the inner ones too. */
  @ArchTest
  static void shouldUseOnlyWhatStandsBelow(JavaClasses classes) {
    var rule = layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (String name : MAY_USE.keySet()) {
      rule = rule.layer(name).definedBy(ROOT + name);
    }
    for (String name : SURFACE) {
      rule = rule.layer(name).definedBy(ROOT + name).whereLayer(name).mayNotBeAccessedByAnyLayer();
    }
    for (var entry : MAY_USE.entrySet()) {
      rule =
          entry.getValue().isEmpty()
              ? rule.whereLayer(entry.getKey()).mayNotAccessAnyLayer()
              : rule.whereLayer(entry.getKey())
                  .mayOnlyAccessLayers(entry.getValue().toArray(String[]::new));
    }
    rule.check(classes);
  }

  /** A package that is new must be put into the table. */
  @ArchTest
  static void shouldKnowEveryPackage(JavaClasses classes) {
    var unknown =
        classes.stream()
            .map(JavaClass::getPackageName)
            .distinct()
            .filter(name -> !MAY_USE.containsKey(name.substring(ROOT.length())))
            .filter(name -> !name.equals(ROOT + "api") && !name.startsWith(ROOT + "cli"))
            .toList();
    assertThat(unknown).isEmpty();
  }

  @ArchTest
  static final ArchRule THE_LEARNER_KNOWS_NO_KAFKA =
      noClasses()
          .that()
          .resideInAPackage("dev.headwater.learner..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..");

  @ArchTest
  static final ArchRule TOPICS_KNOW_NO_STREAMS =
      noClasses()
          .that()
          .resideInAPackage("dev.headwater.topics")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka.streams..");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("dev.headwater.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule THE_HEAD_TAKES_NOTHING_BUT_EMBEDDINGS =
      noClasses()
          .that()
          .resideInAPackage("dev.headwater.head")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("dev.headwater.backbone").and(not(equivalentTo(Embedding.class))));

  @ArchTest
  static final ArchRule DEEPLEARNING4J_STAYS_IN_HEAD_AND_BACKBONE =
      only("org.deeplearning4j..", "dev.headwater.head", "dev.headwater.backbone");

  @ArchTest
  static final ArchRule ND4J_STAYS_IN_HEAD_AND_BACKBONE =
      only("org.nd4j..", "dev.headwater.head", "dev.headwater.backbone");

  @ArchTest
  static final ArchRule ONNX_RUNTIME_STAYS_IN_BACKBONE =
      only("ai.onnxruntime..", "dev.headwater.backbone");

  @ArchTest
  static final ArchRule KAFKA_STREAMS_STAYS_IN_STREAM =
      only("org.apache.kafka.streams..", "dev.headwater.stream..");

  @ArchTest
  static final ArchRule NOTHING_USES_JAVAS_SERIALISATION =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.io.ObjectInputStream")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.io.ObjectOutputStream");

  private static ArchRule only(String library, String... packages) {
    return noClasses()
        .that(resideOutsideOfPackages(packages))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .allowEmptyShould(false);
  }

  /** A package-info that carries no annotation leaves no class behind: look at the source. */
  @ArchTest
  static void shouldSayOfEveryPackageWhatItIsFor(JavaClasses classes) throws IOException {
    var packages = classes.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
    assertThat(packages).hasSizeGreaterThan(10);
    for (String name : packages) {
      Path file = SOURCES.resolve(name.replace('.', '/')).resolve("package-info.java");
      assertThat(file).isRegularFile();
      assertThat(Files.readString(file)).as("%s", file).matches(ONE_SENTENCE_FIRST);
    }
  }

  @ArchTest
  static void shouldKeepEveryPackageSmallEnoughToRead(JavaClasses classes) {
    var files =
        classes.stream()
            .filter(JavaClass::isTopLevelClass)
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    assertThat(files)
        .allSatisfy((name, count) -> assertThat(count).isLessThanOrEqualTo(MOST_FILES));
  }
}
