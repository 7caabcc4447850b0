package dev.carousel.cli;

import dev.carousel.data.DialogueFormat;
import dev.carousel.data.DialogueSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Flags: where dialogues are, each set in one file or in two. */
final class DialogueFlags {
  private static final int MOST_HELD_OUT = 1000;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      description = {
        "Dialogues to learn from: .tsv (a dialogue a line, turns with tabs between), .jsonl",
        "({\"turns\": […]} or {\"question\": …, \"answer\": …}) or .yml (ChatterBot's corpora). Or",
        "two files:"
      })
  private @Nullable Path train;

  @Option(names = "--source", paramLabel = "FILE", description = "What is said, one a line, and")
  private @Nullable Path source;

  @Option(names = "--target", paramLabel = "FILE", description = "the answers, line by line.")
  private @Nullable Path target;

  @Option(
      names = "--dev",
      paramLabel = "FILE",
      description = {
        "Dialogues that select the best epoch (default: a tenth of --train, at most 1000, drawn by",
        "--seed)."
      })
  private @Nullable Path dev;

  @Option(names = "--dev-source", paramLabel = "FILE", description = "What is said there, and")
  private @Nullable Path devSource;

  @Option(names = "--dev-target", paramLabel = "FILE", description = "the answers.")
  private @Nullable Path devTarget;

  @Option(names = "--test", paramLabel = "FILE", description = "Dialogues to measure the bot on.")
  private @Nullable Path test;

  @Option(names = "--test-source", paramLabel = "FILE", description = "What is said there, and")
  private @Nullable Path testSource;

  @Option(names = "--test-target", paramLabel = "FILE", description = "the answers.")
  private @Nullable Path testTarget;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "Of single files: tsv, jsonl or yaml (default: by the file's ending).")
  private @Nullable DialogueFormat format;

  @Mixin private BadRowsFlag badRows;

  /**
   * The data.
   *
   * @param train what to learn from
   * @param dev what selects the best epoch
   * @param test what to measure on; null for dev
   */
  record Sets(DialogueSet train, DialogueSet dev, @Nullable DialogueSet test) {}

  /**
   * Checks the flags.
   *
   * @throws IllegalArgumentException naming the flag that is wrong
   */
  void check() {
    PairFlags.requireOneWay("--train", train, source, target);
    PairFlags.requireOneWay("--dev", dev, devSource, devTarget);
    PairFlags.requireOneWay("--test", test, testSource, testTarget);
    first();
    boolean single = false;
    for (Path file : new @Nullable Path[] {train, dev, test}) {
      if (file != null && format == null) {
        DialogueFormat.of(file);
      }
      single |= file != null;
    }
    if (format != null && !single) {
      throw new IllegalArgumentException(
          "--format is about single files of dialogues, and there are none");
    }
  }

  private Path first() {
    Path first = train == null ? source : train;
    if (first == null) {
      throw new IllegalArgumentException("give --train, or --source and --target");
    }
    return first;
  }

  /** Reads the sets; {@code seed} draws what is held out. */
  Sets read(long seed, Console console) throws IOException {
    DialogueFiles files = new DialogueFiles(format, badRows.options());
    DialogueSet all = files.read(first(), target, console);
    Path measuring = test == null ? testSource : test;
    DialogueSet measured = measuring == null ? null : files.read(measuring, testTarget, console);
    Path selecting = dev == null ? devSource : dev;
    if (selecting != null) {
      return new Sets(all, files.read(selecting, devTarget, console), measured);
    }
    int tenth = Math.max(1, Math.min(MOST_HELD_OUT, all.size() / 10));
    List<DialogueSet> parts = all.holdOut(tenth, seed);
    return new Sets(parts.get(0), parts.get(1), measured);
  }
}
