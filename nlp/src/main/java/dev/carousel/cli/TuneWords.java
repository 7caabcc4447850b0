package dev.carousel.cli;

import dev.carousel.rnn.Precision;
import dev.carousel.tune.Dimension;
import dev.carousel.tune.SearchSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * A training's flags as words, to which those of a trial are added.
 *
 * @param kind the task
 * @param given the words that all trials share
 */
record TuneWords(ModelKind kind, List<String> given) {
  /** Flags that decide what is measured, by which scores could not be compared. */
  private static final Set<String> MEASURE =
      Set.of(
          "seed", "split-seed", "format", "skip-bad-rows", "columns", "pair-columns", "hold-out");

  /** The same for language models, whose loss is a mean over tokens. */
  private static final Set<String> TOKENS =
      Set.of(
          "level", "tokenizer", "merges", "normalize", "min-count", "max-vocabulary", "new-words");

  TuneWords {
    given = List.copyOf(given);
  }

  /**
   * The plan of a training with further flags.
   *
   * @throws ParameterException if the flags are not understood
   */
  TrainingPlan plan(List<String> further) {
    TrainingPlan plan = kind.plan();
    List<String> all = new ArrayList<>(given);
    all.addAll(further);
    Main.parser(plan).parseArgs(all.toArray(String[]::new));
    return plan;
  }

  /** The same with further words for all trials. */
  TuneWords with(String... words) {
    return new TuneWords(kind, Stream.concat(given.stream(), Stream.of(words)).toList());
  }

  /**
   * Checks every dimension, before anything is trained: that the task has the flag, that no result
   * would be incomparable, and that the ends and choices are legal.
   *
   * @throws IllegalArgumentException naming the flag and where it stands
   */
  void check(SearchSpace space, Precision precision) throws IOException {
    try {
      plan(List.of());
    } catch (ParameterException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    Set<String> shared = new HashSet<>();
    given.stream().filter(word -> word.startsWith("--")).forEach(w -> shared.add(bare(w)));
    for (Dimension dimension : space.dimensions()) {
      String where = where(space, dimension);
      OptionSpec option = Main.parser(kind.plan()).getCommandSpec().findOption(dimension.name());
      requireTunable(where, dimension.name(), option);
      if (shared.contains(dimension.name())) {
        throw new IllegalArgumentException(where + " is given as a flag too: leave one out");
      }
    }
    for (Dimension dimension : space.dimensions()) {
      for (String value : dimension.probes()) {
        probe(space, dimension, value, precision);
      }
    }
  }

  private static String where(SearchSpace space, Dimension dimension) {
    return space.sources().get(dimension.name()) + ": --" + dimension.name();
  }

  private static String bare(String word) {
    int equals = word.indexOf('=');
    return word.substring(2, equals < 0 ? word.length() : equals);
  }

  private void requireTunable(String where, String name, @Nullable OptionSpec option) {
    if (option == null) {
      CommandSpec spec = Main.parser(kind.plan()).getCommandSpec();
      List<String> known = spec.options().stream().map(OptionSpec::longestName).sorted().toList();
      throw new IllegalArgumentException(
          where + " is no flag of the training; there are " + String.join(" ", known));
    }
    if (MEASURE.contains(name)
        || name.endsWith("-part")
        || Path.class.isAssignableFrom(option.type())
        || (kind instanceof LanguageKind && TOKENS.contains(name))) {
      throw new IllegalArgumentException(
          where + " decides what is measured: scores of different values cannot be compared");
    }
  }

  private void probe(SearchSpace space, Dimension varied, String value, Precision precision)
      throws IOException {
    List<String> flags = new ArrayList<>();
    for (Dimension other : space.dimensions()) {
      String shown = other.equals(varied) ? value : other.probes().get(0);
      flags.add("--" + other.name() + "=" + shown);
    }
    try {
      plan(flags).check(precision);
    } catch (ParameterException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          where(space, varied) + "=" + value + ": " + e.getMessage(), e);
    }
  }
}
