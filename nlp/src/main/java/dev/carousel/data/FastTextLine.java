package dev.carousel.data;

import java.util.ArrayList;
import java.util.List;

/** A line of fastText's training format. */
final class FastTextLine {
  private static final String PREFIX = "__label__";

  private FastTextLine() {}

  static Example parse(String line, long number) throws BadRowException {
    List<String> labels = new ArrayList<>();
    int at = skipBlanks(line, 0);
    while (line.startsWith(PREFIX, at)) {
      int end = wordEnd(line, at);
      labels.add(line.substring(at + PREFIX.length(), end));
      at = skipBlanks(line, end);
    }
    if (labels.isEmpty()) {
      throw new BadRowException(number, "the line does not start with " + PREFIX);
    }
    String text = line.substring(at);
    // fastText itself would take such a word as a label; reading it as text would differ silently.
    if (text.contains(" " + PREFIX) || text.contains("\t" + PREFIX)) {
      throw new BadRowException(number, "a " + PREFIX + " word follows the text; put labels first");
    }
    return LineParser.example(text, labels, number);
  }

  private static int skipBlanks(String line, int from) {
    int at = from;
    while (at < line.length() && isBlank(line.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int wordEnd(String line, int from) {
    int at = from;
    while (at < line.length() && !isBlank(line.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
