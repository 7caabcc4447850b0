package dev.carousel.cli;

import dev.carousel.data.DataException;
import dev.carousel.data.DialogueFormat;
import dev.carousel.data.DialogueSet;
import dev.carousel.data.PairSet;
import dev.carousel.data.ReadOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads dialogues: from one file, or from two whose lines belong together, what is said and what is
 * answered.
 *
 * @param format of one file; null to go by its ending
 * @param options what to do with bad rows
 */
record DialogueFiles(@Nullable DialogueFormat format, ReadOptions options) {
  /**
   * Reads a set.
   *
   * @param file of dialogues, or of what is said
   * @param answers null for a file of dialogues
   * @throws DataException if it cannot be understood, naming the line, or has no dialogues
   */
  DialogueSet read(Path file, @Nullable Path answers, Console console) throws IOException {
    DataException.requireFile(file);
    if (answers != null) {
      DataException.requireFile(answers);
    }
    DialogueSet set =
        answers == null
            ? DialogueSet.read(file, format == null ? DialogueFormat.of(file) : format, options)
            : DialogueSet.of(PairSet.read(file, answers, options));
    if (set.report().skipped() > 0) {
      console.progress(set.report().describe().stripTrailing());
    }
    if (set.size() == 0) {
      throw DataException.in(file.toString(), "has no dialogues");
    }
    return set;
  }
}
