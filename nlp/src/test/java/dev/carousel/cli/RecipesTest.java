package dev.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.rnn.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecipesTest {
  static List<Recipe> recipes() {
    return Recipes.all();
  }

  @Test
  void everyFileOfTheFolderIsListed() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("recipes"))) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .containsExactlyInAnyOrderElementsOf(
              Recipes.NAMES.stream().map(name -> name + ".json").toList());
    }
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void aRecipeIsATrainingOfItsTask(Recipe recipe) throws IOException {
    TrainingPlan plan = ModelKinds.named(recipe.task()).plan();
    Main.parser(plan).parseArgs(recipe.arguments(Path.of("data")).toArray(String[]::new));
    plan.check(Precision.F32);
    assertThat(recipe.name()).isIn(Recipes.NAMES);
    assertThat(recipe.files()).isNotEmpty();
    assertThat(recipe.claim().figures().values()).allMatch(Double::isFinite);
  }

  @Test
  void theListNamesLayoutAndClaim() {
    Run run = Run.of("recipe", "list");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("trec:").contains("DIR/TREC.train").contains("claims");
  }

  @Test
  void anUnknownRecipeIsAUsageFailureThatListsTheKnownOnes() {
    Run run = Run.of("recipe", "trek", "--data", "x");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("trek").contains("trec");
  }

  @Test
  void aRecipeWithoutDataSaysWhichFilesItNeeds() {
    Run run = Run.of("recipe", "trec");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--data").contains("TREC.test");
  }
}
