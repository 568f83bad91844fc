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
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Pattern ONE_SENTENCE_FIRST = Pattern.compile("(?s)/\\*\\*\\s+\\w.*\\.\\s.*");

  /** Leaves out what the profile "bench" compiles: benchmarks and tests, in a place of its own. */
  static final class DoNotIncludeBenchmarks implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/bench-classes/");
    }
  }

  /** Each package may use those named with it, and no other. */
  @ArchTest
  static final ArchRule PACKAGES_ARE_STEPS_OF_THE_DATA_PATH =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("event")
          .definedBy("dev.headwater.event")
          .layer("image")
          .definedBy("dev.headwater.image")
          .layer("backbone")
          .definedBy("dev.headwater.backbone")
          .layer("head")
          .definedBy("dev.headwater.head")
          .layer("evaluation")
          .definedBy("dev.headwater.evaluation")
          .layer("snapshot")
          .definedBy("dev.headwater.snapshot")
          .layer("stream")
          .definedBy("dev.headwater.stream")
          .layer("broker")
          .definedBy("dev.headwater.broker")
          .layer("app")
          .definedBy("dev.headwater.app")
          .layer("api")
          .definedBy("dev.headwater.api")
          .layer("cli")
          .definedBy("dev.headwater.cli..")
          .whereLayer("event")
          .mayNotAccessAnyLayer()
          .whereLayer("image")
          .mayNotAccessAnyLayer()
          .whereLayer("evaluation")
          .mayNotAccessAnyLayer()
          .whereLayer("broker")
          .mayNotAccessAnyLayer()
          .whereLayer("backbone")
          .mayOnlyAccessLayers("image")
          .whereLayer("head")
          .mayOnlyAccessLayers("backbone")
          .whereLayer("snapshot")
          .mayOnlyAccessLayers("head")
          .whereLayer("stream")
          .mayOnlyAccessLayers("event", "image", "backbone", "head", "evaluation", "snapshot")
          .whereLayer("app")
          .mayOnlyAccessLayers(
              "event", "image", "backbone", "head", "evaluation", "snapshot", "stream", "broker")
          .whereLayer("api")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("dev.headwater.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule PARTS_OF_THE_COMMAND_LINE_HAVE_NO_CYCLES =
      slices().matching("dev.headwater.cli.(*)..").should().beFreeOfCycles();

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
      only("org.apache.kafka.streams..", "dev.headwater.stream");

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
}
