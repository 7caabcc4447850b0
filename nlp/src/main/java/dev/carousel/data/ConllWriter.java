package dev.carousel.data;

import java.io.IOException;
import java.util.List;

/**
 * Writes what {@link ConllReader} reads: tab-separated token, features and tags, a blank line after
 * each sentence.
 *
 * @param out where to; the caller closes it
 */
public record ConllWriter(Appendable out) {
  /**
   * Writes a sentence.
   *
   * @param tags columns of tags after the features, say what is right and what was predicted
   * @throws IllegalArgumentException if a value holds a tab or a line break
   */
  public void write(TaggedSentence sentence, List<List<String>> tags) throws IOException {
    for (int t = 0; t < sentence.size(); t++) {
      out.append(plain(sentence.tokens().get(t)));
      for (List<String> feature : sentence.features()) {
        out.append('\t').append(plain(feature.get(t)));
      }
      for (List<String> column : tags) {
        out.append('\t').append(plain(column.get(t)));
      }
      out.append('\n');
    }
    out.append('\n');
  }

  private static String plain(String value) {
    if (value.chars().anyMatch(c -> c == '\t' || c == '\n' || c == '\r')) {
      throw new IllegalArgumentException(
          "a CoNLL file cannot hold a tab or a line break within '" + value + "'");
    }
    return value;
  }
}
