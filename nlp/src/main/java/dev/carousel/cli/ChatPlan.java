package dev.carousel.cli;

import dev.carousel.chat.ChatSettings;
import dev.carousel.data.DataException;
import dev.carousel.data.DialogueFormat;
import dev.carousel.data.DialogueSet;
import dev.carousel.rnn.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Flags of {@code train chat}: dialogues, and how a chatbot learns from them. */
final class ChatPlan implements TrainingPlan {
  private static final int MOST_HELD_OUT = 1000;

  @Option(
      names = "--train",
      required = true,
      paramLabel = "FILE",
      description = {
        "Dialogues to learn from: .tsv (a dialogue a line, turns with tabs between), .jsonl",
        "({\"turns\": […]} or {\"question\": …, \"answer\": …}) or .yml (ChatterBot's corpora)."
      })
  private Path train = Path.of("");

  @Option(
      names = "--dev",
      paramLabel = "FILE",
      description = {
        "Dialogues that select the best epoch (default: a tenth of --train, at most 1000, drawn by",
        "--seed)."
      })
  private @Nullable Path dev;

  @Option(names = "--test", paramLabel = "FILE", description = "Dialogues to measure the bot on.")
  private @Nullable Path test;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "tsv, jsonl or yaml (default: by the file's ending).")
  private @Nullable DialogueFormat format;

  @Option(
      names = "--history",
      paramLabel = "N",
      description = "How many of the last turns it reads (default: ${DEFAULT-VALUE}).")
  private int history = ChatSettings.DEFAULT.history();

  @Mixin private TranslatorFlags flags;

  @Override
  public long seed() {
    return flags.seed();
  }

  @Override
  public void check(Precision precision) throws IOException {
    settings(precision);
    for (Path file : new @Nullable Path[] {train, dev, test}) {
      if (file != null && format == null) {
        DialogueFormat.of(file);
      }
    }
  }

  private ChatSettings settings(Precision precision) throws IOException {
    return new ChatSettings(flags.settings(precision), history);
  }

  @Override
  public ChatTraining training(long seed, Precision precision, Console console) throws IOException {
    DialogueSet all = read(train, format);
    List<DialogueSet> sets =
        dev == null
            ? all.holdOut(Math.max(1, Math.min(MOST_HELD_OUT, all.size() / 10)), seed)
            : List.of(all, read(dev, format));
    return new ChatTraining(
        sets.get(0),
        sets.get(1),
        test == null ? null : read(test, format),
        settings(precision).withSeed(seed));
  }

  /**
   * Reads a file.
   *
   * @param format null to go by its ending
   * @throws DataException if there is none, or it has no dialogues
   */
  static DialogueSet read(Path file, @Nullable DialogueFormat format) throws IOException {
    DataException.requireFile(file);
    DialogueSet set = DialogueSet.read(file, format == null ? DialogueFormat.of(file) : format);
    if (set.size() == 0) {
      throw DataException.in(file.toString(), "has no dialogues");
    }
    return set;
  }
}
