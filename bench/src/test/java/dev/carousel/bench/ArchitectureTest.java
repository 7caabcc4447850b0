package dev.carousel.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code nlp → core → api ← cpu-kernels, cuda-kernels}, read from the class files. */
final class ArchitectureTest {
  private static final String[] API = {
    "dev.carousel.tensor..", "dev.carousel.rnn..", "dev.carousel.spi.."
  };
  private static final String[] CORE = {
    "dev.carousel.autograd..",
    "dev.carousel.nn..",
    "dev.carousel.inspect..",
    "dev.carousel.train..",
    "dev.carousel.reference..",
    "dev.carousel.store.."
  };
  private static final String[] KERNELS = {"dev.carousel.cpu..", "dev.carousel.cuda.."};
  private static final String[] NLP = {
    "dev.carousel.text..",
    "dev.carousel.data..",
    "dev.carousel.eval..",
    "dev.carousel.model..",
    "dev.carousel.tag..",
    "dev.carousel.decode..",
    "dev.carousel.translate..",
    "dev.carousel.chat..",
    "dev.carousel.embed..",
    "dev.carousel.lm..",
    "dev.carousel.decode..",
    "dev.carousel.task..",
    "dev.carousel.tune..",
    "dev.carousel.update..",
    "dev.carousel.cli..",
    "dev.carousel.compare..",
    "dev.carousel.report.."
  };
  private static final String BENCH = "dev.carousel.bench..";
  private static final String REFERENCE = "dev.carousel.reference..";

  private static final JavaClasses SHIPPED =
      new ClassFileImporter()
          .withImportOption(ArchitectureTest::isShipped)
          .importPackages("dev.carousel");

  @Test
  void every_package_belongs_to_one_module() {
    classes()
        .should()
        .resideInAnyPackage(concat(API, CORE, KERNELS, NLP, new String[] {BENCH}))
        .because("a new package must be placed in the rules of this test")
        .check(SHIPPED);
  }

  @Test
  void the_api_depends_on_nothing_of_ours() {
    mayUseNone(API, concat(CORE, KERNELS, NLP, new String[] {BENCH}));
  }

  @Test
  void core_knows_the_api_only() {
    mayUseNone(CORE, concat(KERNELS, NLP, new String[] {BENCH}));
  }

  @Test
  void kernels_know_the_api_only() {
    mayUseNone(KERNELS, concat(CORE, NLP, new String[] {BENCH}));
    mayUseNone(new String[] {KERNELS[0]}, new String[] {KERNELS[1]});
    mayUseNone(new String[] {KERNELS[1]}, new String[] {KERNELS[0]});
  }

  @Test
  void nlp_finds_kernels_through_the_service_loader_only() {
    mayUseNone(NLP, concat(KERNELS, new String[] {BENCH}));
  }

  @Test
  void the_reference_backend_is_reached_through_the_spi_only() {
    noClasses()
        .that()
        .resideOutsideOfPackages(REFERENCE, BENCH)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(REFERENCE)
        .because("what runs on the reference backend must run on every other one")
        .check(SHIPPED);
  }

  @Test
  void packages_do_not_depend_on_each_other_in_circles() {
    slices().matching("dev.carousel.(*)..").should().beFreeOfCycles().check(SHIPPED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Util", "Utils", "Helper", "Manager", "Impl"})
  void nothing_is_named_after_having_no_name(String suffix) {
    noClasses().should().haveSimpleNameEndingWith(suffix).check(SHIPPED);
  }

  @Test
  void libraries_leave_the_standard_streams_to_the_command_line() {
    noClasses()
        .that()
        .resideInAnyPackage(concat(API, CORE, KERNELS))
        .should(ACCESS_STANDARD_STREAMS)
        .check(SHIPPED);
  }

  @Test
  void every_package_is_null_marked() {
    Set<String> unmarked = new TreeSet<>();
    for (JavaClass c : SHIPPED) {
      JavaPackage p = c.getPackage();
      if (!p.isAnnotatedWith(NullMarked.class)) {
        unmarked.add(p.getName());
      }
    }
    assertThat(unmarked).as("packages without @NullMarked in their package-info").isEmpty();
  }

  private static void mayUseNone(String[] users, String[] used) {
    noClasses()
        .that()
        .resideInAnyPackage(users)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(used)
        .check(SHIPPED);
  }

  /** Our own main classes: neither tests, nor the contract test kit, nor what JMH generates. */
  private static boolean isShipped(Location location) {
    return !location.contains("/test-classes/")
        && !location.contains("-tests.jar")
        && !location.contains("/jmh_generated/");
  }

  private static String[] concat(String[]... parts) {
    return Arrays.stream(parts).flatMap(Arrays::stream).toArray(String[]::new);
  }
}
