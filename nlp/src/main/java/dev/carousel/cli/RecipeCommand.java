package dev.carousel.cli;

import dev.carousel.model.Start;
import dev.carousel.spi.Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code carousel recipe}: figures on public data that anyone can have again. */
@Command(
    name = "recipe",
    header = "Reproduce a figure on a public data set, or list what can be reproduced.",
    description = {
      "A recipe is a committed settings file. It trains, selects the epoch on the development",
      "texts (a seeded tenth of the training texts where there are none, or with no-dev in the",
      "settings not at all: the last one is kept), and measures on the test.",
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  carousel recipe trec --data data/trec --seed 1 --json",
      "  carousel recipe ptb-awd --data data/ptb --out awd --resume",
    })
final class RecipeCommand implements Callable<Integer> {
  private static final String LIST = "list";

  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "A recipe's name, or list.")
  private String name;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The folder with the files that 'recipe list' names.")
  private @Nullable Path data;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of weights, batches, dropout and split (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Mixin private SeedsFlag seeds;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = {
        "Where the model goes; checkpoints go to DIR.run, where --resume finds them (default: nothing",
        "is kept)."
      })
  private @Nullable Path out;

  @Option(
      names = "--resume",
      description = "Go on from the last checkpoint in DIR.run, with the same --out and --seed.")
  private boolean resume;

  @Option(names = "--json", description = "Print one JSON object at the end.")
  private boolean json;

  @Mixin private BackendFlags backends;

  RecipeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (name.equals(LIST)) {
      for (OptionSpec given : spec.commandLine().getParseResult().matchedOptions()) {
        if (!given.longestName().equals("--json")) {
          throw usage(given.longestName() + " is for a recipe, not for the list of them");
        }
      }
      list();
      return 0;
    }
    if (!Recipes.NAMES.contains(name)) {
      throw usage("no recipe '" + name + "'; there are " + String.join(", ", Recipes.NAMES));
    }
    Recipe recipe = Recipes.named(name);
    if (data == null) {
      throw usage("--data is missing: the folder with " + recipe.layout());
    }
    return cook(recipe, data);
  }

  private int cook(Recipe recipe, Path folder) throws IOException {
    if (resume && out == null) {
      throw usage("--resume goes on from the checkpoint in DIR.run: give the same --out DIR");
    }
    TrainingPlan plan = recipe.plan(folder, seed);
    List<Long> all = Usage.of(spec, () -> seeds.from(seed));
    RunFolder kept = out == null ? null : RunFolder.of(out);
    try (Backend backend = backends.open()) {
      return new SeedRuns(new TrainingRun(console, backend), plan, backends.precision())
          .run(all, kept, resume ? Start.RESUME : Start.FRESH)
          .print(console, json);
    }
  }

  private void list() {
    if (json) {
      console.json(Map.of("recipes", Recipes.all()));
      return;
    }
    for (Recipe recipe : Recipes.all()) {
      console.out().println(recipe.name() + ": " + recipe.description());
      console.out().println("  needs    " + recipe.layout());
      console.out().println("  claims   " + recipe.claim());
    }
    console.out().flush();
  }

  private ParameterException usage(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }
}
