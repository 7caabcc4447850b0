package dev.carousel.data;

import java.nio.file.Path;
import java.util.Locale;

/** How dialogues are written down. */
public enum DialogueFormat {
  /** A dialogue a line, its turns with tabs between. */
  TSV,
  /**
   * An object a line: {@code {"turns": ["…", "…"]}}, or {@code {"question": "…", "answer": "…"}}.
   */
  JSONL,
  /** ChatterBot's corpora: a list {@code conversations} of lists of turns. */
  YAML;

  /**
   * The format of a name, in whatever case.
   *
   * @throws IllegalArgumentException naming those there are
   */
  public static DialogueFormat named(String name) {
    for (DialogueFormat format : values()) {
      if (format.name().equalsIgnoreCase(name)) {
        return format;
      }
    }
    throw new IllegalArgumentException(
        "no format of dialogues '" + name + "'; there are tsv, jsonl, yaml");
  }

  /**
   * The format of a file by its name.
   *
   * @throws IllegalArgumentException naming the endings that are known
   */
  public static DialogueFormat of(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".yml") || name.endsWith(".yaml")) {
      return YAML;
    }
    if (name.endsWith(".jsonl") || name.endsWith(".json")) {
      return JSONL;
    }
    if (name.endsWith(".tsv") || name.endsWith(".txt")) {
      return TSV;
    }
    throw new IllegalArgumentException(
        file + ": dialogues end in .tsv, .txt, .jsonl, .json, .yml or .yaml");
  }
}
