package dev.carousel.cli;

import dev.carousel.embed.EmbeddingFolder;
import dev.carousel.store.ModelDirectory;
import dev.carousel.store.StoreException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The tasks that the command line knows. */
final class ModelKinds {
  /** All of them. */
  static final List<ModelKind> ALL =
      List.of(
          new ChatKind(),
          new ClassifierKind(),
          new LanguageKind(),
          new TaggerKind(),
          new TranslatorKind());

  private ModelKinds() {}

  /**
   * The kind of a task.
   *
   * @throws IllegalArgumentException if there is none of that name; it lists those there are
   */
  static ModelKind named(String task) {
    return ALL.stream()
        .filter(kind -> kind.task().equals(task))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no task '" + task + "'; there are " + names()));
  }

  /**
   * The kind of the model in a folder.
   *
   * @throws StoreException if it holds no model, or one of a task that is not known
   */
  static ModelKind of(Path directory) {
    String task = ModelDirectory.open(directory).task();
    if (task.equals(EmbeddingFolder.TASK)) {
      throw new StoreException(
          directory,
          "holds word vectors, which answer nothing by themselves",
          "look at them with 'carousel similar', or begin a training with --vectors");
    }
    if (ALL.stream().noneMatch(kind -> kind.task().equals(task))) {
      throw new StoreException(
          directory,
          "holds a model for the task '" + task + "', which is none of " + names(),
          "use the version of the program that wrote it");
    }
    return named(task);
  }

  /** Refuses options that another task has and this one would ignore. */
  static void requireHeeded(ModelKind kind, CommandSpec command) {
    Set<String> foreign = new TreeSet<>();
    ALL.forEach(other -> foreign.addAll(other.options()));
    foreign.removeAll(kind.options());
    for (OptionSpec given : command.commandLine().getParseResult().matchedOptions()) {
      if (foreign.contains(given.longestName())) {
        throw new ParameterException(
            command.commandLine(),
            given.longestName() + " is not for models of the task '" + kind.task() + "'");
      }
    }
  }

  private static String names() {
    return ALL.stream().map(ModelKind::task).collect(Collectors.joining(", "));
  }
}
