package dev.carousel.data;

import java.util.List;

/** Turns one line into one example. */
interface LineParser {
  /**
   * Parses a line.
   *
   * @param line the line without its terminator, not blank
   * @param number the line's number, for the exception
   */
  Example parse(String line, long number) throws BadRowException;

  /** The parser of a format that has one row a line. */
  static LineParser of(DataFormat format) {
    if (format instanceof DataFormat.Tsv tsv) {
      return (line, number) -> tsv(line, number, tsv.columns());
    }
    if (format instanceof DataFormat.FastText) {
      return FastTextLine::parse;
    }
    if (format instanceof DataFormat.JsonLines json) {
      return new JsonLine(json.textKey(), json.labelKey());
    }
    if (format instanceof DataFormat.Trec trec) {
      return (line, number) -> trec(line, number, trec.label());
    }
    if (format instanceof DataFormat.Sst2) {
      return LineParser::sst2;
    }
    throw new IllegalArgumentException(format.spec() + " is not a format of one row a line");
  }

  /** Makes an example, or names what is wrong with the labels. */
  static Example example(String text, List<String> labels, long number) throws BadRowException {
    if (labels.isEmpty() || labels.stream().anyMatch(String::isBlank)) {
      throw new BadRowException(number, "the label is empty");
    }
    List<String> trimmed = labels.stream().map(String::strip).toList();
    if (trimmed.stream().distinct().count() < trimmed.size()) {
      throw new BadRowException(number, "a label is repeated: " + trimmed);
    }
    return new Example(text, trimmed);
  }

  private static Example tsv(String line, long number, DataFormat.ColumnOrder order)
      throws BadRowException {
    boolean labelFirst = order == DataFormat.ColumnOrder.LABEL_TEXT;
    int tab = labelFirst ? line.indexOf('\t') : line.lastIndexOf('\t');
    if (tab < 0) {
      throw new BadRowException(
          number, "no tab; expected " + (labelFirst ? "label<TAB>text" : "text<TAB>label"));
    }
    String left = line.substring(0, tab);
    String right = line.substring(tab + 1);
    return labelFirst
        ? example(right, List.of(left), number)
        : example(left, List.of(right), number);
  }

  private static Example trec(String line, long number, DataFormat.TrecLabel level)
      throws BadRowException {
    int space = line.indexOf(' ');
    int colon = line.indexOf(':');
    if (colon < 1 || space < colon + 2) {
      throw new BadRowException(number, "expected 'COARSE:fine question'");
    }
    int labelEnd = level == DataFormat.TrecLabel.COARSE ? colon : space;
    return example(line.substring(space + 1), List.of(line.substring(0, labelEnd)), number);
  }

  private static Example sst2(String line, long number) throws BadRowException {
    if (line.length() < 2
        || (line.charAt(0) != '0' && line.charAt(0) != '1')
        || line.charAt(1) != ' ') {
      throw new BadRowException(number, "expected '0 sentence' or '1 sentence'");
    }
    return example(line.substring(2), List.of(line.substring(0, 1)), number);
  }
}
