package dev.carousel.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A committed settings file that reproduces figures on a public data set: one training of {@code
 * carousel train TASK}, in the names of its flags.
 *
 * @param name what it is called by
 * @param task which {@code train} verb it is for, as {@link ModelKind#task} says
 * @param description the task and where the data comes from, one sentence
 * @param files flags whose values are files or folders in the data folder, say {@code train} and
 *     {@code test}; without {@code dev} a seeded tenth of the training data selects the epoch,
 *     unless the settings say {@code no-dev}
 * @param settings the other flags, without their dashes
 * @param claim the figures
 */
record Recipe(
    String name,
    String task,
    String description,
    Map<String, String> files,
    Map<String, String> settings,
    Claim claim) {

  /** Keeps the flags in their order. */
  Recipe {
    files = new LinkedHashMap<>(files);
    settings = new LinkedHashMap<>(settings);
  }

  /**
   * What the recipe is said to reach.
   *
   * @param figures on the test data, under the names of {@code --json}; empty while none is
   *     measured
   * @param how how it was measured, and by what
   */
  record Claim(Map<String, Double> figures, String how) {
    @Override
    public String toString() {
      return figures.isEmpty()
          ? how
          : figures.entrySet().stream()
                  .map(f -> String.format(Locale.ROOT, "%s %.4f", f.getKey(), f.getValue()))
                  .collect(Collectors.joining(", "))
              + ": "
              + how;
    }
  }

  /** The settings as flags, without the files. */
  List<String> arguments() {
    return flags(settings, value -> value);
  }

  /** Settings and files as flags. */
  List<String> arguments(Path data) {
    List<String> all = new ArrayList<>(flags(files, name -> data.resolve(name).toString()));
    all.addAll(arguments());
    return all;
  }

  private static List<String> flags(Map<String, String> named, UnaryOperator<String> value) {
    return named.entrySet().stream()
        .map(flag -> "--" + flag.getKey() + "=" + value.apply(flag.getValue()))
        .toList();
  }

  /** The training on the data of a folder. */
  TrainingPlan plan(Path data, long seed) {
    TrainingPlan plan = ModelKinds.named(task).plan();
    List<String> all = arguments(data);
    all.add("--seed=" + seed);
    Main.parser(plan).parseArgs(all.toArray(String[]::new));
    return plan;
  }

  /** What must lie in the data folder. */
  String layout() {
    return files.values().stream().map(file -> "DIR/" + file).collect(Collectors.joining(", "));
  }
}
