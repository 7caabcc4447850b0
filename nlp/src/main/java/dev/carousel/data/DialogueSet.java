package dev.carousel.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Dialogues and where they came from.
 *
 * @param name a name for messages and reports
 * @param dialogues in file order
 * @param sources the files they were read from; empty for data made in memory
 * @param report what was left out
 */
public record DialogueSet(
    String name, List<Dialogue> dialogues, List<SourceFile> sources, ReadReport report) {
  /** Copies the lists. */
  public DialogueSet {
    dialogues = List.copyOf(dialogues);
    sources = List.copyOf(sources);
  }

  /** Dialogues made in memory. */
  public static DialogueSet of(String name, List<Dialogue> dialogues) {
    return new DialogueSet(name, dialogues, List.of(), ReadReport.CLEAN);
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be opened or read
   * @throws DataException if it is not what its name says, naming the line where there is one
   */
  public static DialogueSet read(Path file, DialogueFormat format) throws IOException {
    return read(file, format, ReadOptions.STRICT);
  }

  /**
   * The same, less or more strictly; what is left out is in the report. A file that is no YAML at
   * all is an error always.
   */
  public static DialogueSet read(Path file, DialogueFormat format, ReadOptions options)
      throws IOException {
    return DialogueReader.read(file, format, options);
  }

  /** Each pair a dialogue of two turns: somebody says the source, the target is answered. */
  public static DialogueSet of(PairSet pairs) {
    return new DialogueSet(
        pairs.name(),
        pairs.pairs().stream().map(p -> new Dialogue(List.of(p.source(), p.target()))).toList(),
        pairs.sources(),
        pairs.report());
  }

  /** Returns the number of dialogues. */
  public int size() {
    return dialogues.size();
  }

  /**
   * Holds out {@code count} dialogues drawn by {@code seed}; both parts keep the file order.
   *
   * @param count 1 to below {@link #size()}
   * @return what is left, and what is held out
   */
  public List<DialogueSet> holdOut(int count, long seed) {
    if (count < 1 || count >= size()) {
      throw new IllegalArgumentException(
          "cannot hold out %d of the %d dialogues of %s".formatted(count, size(), name));
    }
    boolean[] held = new boolean[size()];
    int[] order = new SplitMix64(seed).permutation(size());
    for (int i = 0; i < count; i++) {
      held[order[i]] = true;
    }
    List<Dialogue> kept = new ArrayList<>();
    List<Dialogue> out = new ArrayList<>();
    for (int i = 0; i < held.length; i++) {
      (held[i] ? out : kept).add(dialogues.get(i));
    }
    return List.of(
        new DialogueSet(name + " (train)", kept, sources, report),
        new DialogueSet(name + " (held-out)", out, sources, report));
  }
}
