package dev.carousel.embed;

import dev.carousel.data.DataException;
import dev.carousel.data.ReadOptions;
import dev.carousel.data.Utf8Lines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Questions "a is to b as c is to what?", in the format of Google's {@code questions-words.txt}: a
 * line {@code : NAME} before each section, then four words a line, of which the last is the answer.
 *
 * @param sections in the file's order
 */
public record Analogies(List<Section> sections) {
  /**
   * A question.
   *
   * @param a is to
   * @param b as
   * @param c is to
   * @param answer what is looked for
   */
  public record Question(String a, String b, String c, String answer) {}

  /** Questions of one kind. */
  public record Section(String name, List<Question> questions) {
    /** Copies. */
    public Section {
      questions = List.copyOf(questions);
    }
  }

  /** Copies. */
  public Analogies {
    sections = List.copyOf(sections);
  }

  /**
   * Reads a file.
   *
   * @throws DataException if a line is neither a section nor four words, naming the line, or if
   *     there is no question
   */
  public static Analogies read(Path file) throws IOException {
    DataException.requireFile(file);
    List<Section> sections = new ArrayList<>();
    List<Question> questions = new ArrayList<>();
    String name = "";
    try (Utf8Lines lines = Utf8Lines.open(file, ReadOptions.DEFAULT_MAX_LINE_BYTES)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        String row = line.strip();
        if (row.startsWith(":")) {
          close(name, questions, sections);
          name = row.substring(1).strip();
        } else if (!row.isEmpty()) {
          questions.add(question(row, name, lines));
        }
      }
    }
    close(name, questions, sections);
    if (sections.isEmpty()) {
      throw DataException.in(file.toString(), "has no questions; expected four words a line");
    }
    return new Analogies(sections);
  }

  private static void close(String name, List<Question> questions, List<Section> sections) {
    if (!questions.isEmpty()) {
      sections.add(new Section(name, questions));
      questions.clear();
    }
  }

  private static Question question(String row, String section, Utf8Lines lines) {
    String[] words = row.split("\\s+", -1);
    if (words.length != 4) {
      throw DataException.at(
          lines.source(),
          lines.number(),
          "expected four words or ': SECTION', found %d words: %s".formatted(words.length, row));
    }
    if (section.isEmpty()) {
      throw DataException.at(
          lines.source(), lines.number(), "expected a line ': SECTION' before the first question");
    }
    return new Question(words[0], words[1], words[2], words[3]);
  }

  /** Asks a table every question whose four words it knows. */
  public AnalogyReport ask(VectorTable table) {
    return new AnalogyReport(sections.stream().map(section -> ask(section, table)).toList());
  }

  private static AnalogyReport.Score ask(Section section, VectorTable table) {
    List<Question> known =
        section.questions().stream()
            .filter(
                q ->
                    List.of(q.a(), q.b(), q.c(), q.answer()).stream()
                        .allMatch(word -> table.find(word) != null))
            .toList();
    long right = known.parallelStream().filter(question -> isRight(question, table)).count();
    return new AnalogyReport.Score(
        section.name(), (int) right, known.size(), section.questions().size() - known.size());
  }

  private static boolean isRight(Question q, VectorTable table) {
    VectorQuery query =
        new VectorQuery(
            List.of(
                new VectorQuery.Term(q.b(), 1),
                new VectorQuery.Term(q.a(), -1),
                new VectorQuery.Term(q.c(), 1)));
    List<Neighbour> best = query.nearest(table, 1);
    return !best.isEmpty() && best.get(0).word().equals(table.find(q.answer()));
  }
}
