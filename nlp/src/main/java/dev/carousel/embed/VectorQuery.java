package dev.carousel.embed;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Words that are added and subtracted, as in {@code king - man + woman}.
 *
 * @param terms at least one
 */
public record VectorQuery(List<Term> terms) {
  /**
   * A word of a sum.
   *
   * @param word the word
   * @param sign 1 or −1
   */
  public record Term(String word, int sign) {}

  /** Copies. */
  public VectorQuery {
    terms = List.copyOf(terms);
  }

  /**
   * Reads a query; signs stand apart, so that a word may have a hyphen.
   *
   * @throws IllegalArgumentException saying where a sign or a word is missing
   */
  public static VectorQuery parse(String text) {
    List<Term> terms = new ArrayList<>();
    int sign = 1;
    boolean open = true;
    for (String piece : text.strip().split("\\s+", -1)) {
      boolean isSign = piece.equals("+") || piece.equals("-");
      if (isSign == open || piece.isEmpty()) {
        throw new IllegalArgumentException(
            "expected a %s, not '%s' in '%s'; a query is as in: king - man + woman"
                .formatted(open ? "word" : "+ or - between words", piece, text));
      }
      if (isSign) {
        sign = piece.equals("+") ? 1 : -1;
      } else {
        terms.add(new Term(piece, sign));
      }
      open = isSign;
    }
    if (open) {
      throw new IllegalArgumentException("'" + text + "' ends without a word after its sign");
    }
    return new VectorQuery(terms);
  }

  /**
   * The nearest words, without those of the query (Mikolov, Yih and Zweig 2013).
   *
   * @param count how many
   * @throws IllegalArgumentException if a word has no vector
   */
  public List<Neighbour> nearest(VectorTable table, int count) {
    float[] sum = new float[table.size()];
    Set<String> own = new HashSet<>();
    for (Term term : terms) {
      String word = table.find(term.word());
      if (word == null) {
        throw new IllegalArgumentException(
            "the word '%s' has no vector among the %d that were read"
                .formatted(term.word(), table.count()));
      }
      own.add(word);
      float[] unit = table.unit(word);
      for (int d = 0; d < sum.length; d++) {
        sum[d] += term.sign() * unit[d];
      }
    }
    return table.nearest(sum, own, count);
  }
}
