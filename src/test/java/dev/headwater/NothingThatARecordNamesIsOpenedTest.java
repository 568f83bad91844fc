package dev.headwater;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/**
 * Whatever a record says, no file is opened, no address called and no program run for it: the
 * packages that see records have not the means.
 */
@AnalyzeClasses(packages = "dev.headwater", importOptions = ImportOption.DoNotIncludeTests.class)
class NothingThatARecordNamesIsOpenedTest {
  private static final String[] SEE_RECORDS = {
    "dev.headwater.event",
    "dev.headwater.image",
    "dev.headwater.head",
    "dev.headwater.evaluation",
    "dev.headwater.snapshot",
    "dev.headwater.stream"
  };

  /** Reads URLs and files, and keeps what it reads in temporary ones. */
  private static final String IMAGE_IO = "javax.imageio.ImageIO";

  private static final Set<String> PROGRAMS =
      Set.of("java.lang.ProcessBuilder", "java.lang.Runtime", "java.lang.ClassLoader");

  @ArchTest
  static final ArchRule NOTHING_THAT_A_RECORD_NAMES_IS_OPENED =
      noClasses()
          .that()
          .resideInAnyPackage(SEE_RECORDS)
          .should()
          .dependOnClassesThat(canOpenSomething());

  /** The broker's package opens files: it would break the rule if it were held to it. */
  @ArchTest
  static void shouldSeeWhoOpensSomething(JavaClasses classes) {
    var held =
        noClasses()
            .that()
            .resideInAPackage("dev.headwater.broker")
            .should()
            .dependOnClassesThat(canOpenSomething());
    assertThatThrownBy(() -> held.check(classes))
        .hasMessageContaining("java.nio.file.Files")
        .hasMessageContaining("java.net.ServerSocket");
  }

  private static DescribedPredicate<JavaClass> canOpenSomething() {
    return describe(
        "can open files or addresses, or run programs",
        type ->
            type.getPackageName().equals("java.net")
                || type.getPackageName().startsWith("java.net.http")
                || type.getPackageName().startsWith("java.nio.channels")
                || opensFiles(type)
                || type.getName().equals(IMAGE_IO)
                || PROGRAMS.contains(type.getName()));
  }

  /**
   * A path may be known, as that of the streams' state is; only those who use it open something.
   */
  private static boolean opensFiles(JavaClass type) {
    boolean nio = type.getPackageName().startsWith("java.nio.file");
    boolean old =
        type.getName().startsWith("java.io.File")
            || type.getName().equals("java.io.RandomAccessFile");
    return old || (nio && !type.getName().equals("java.nio.file.Path"));
  }
}
