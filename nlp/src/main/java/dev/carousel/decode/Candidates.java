package dev.carousel.decode;

/** The best continuations of one sequence, best first; of equal ones the first that was offered. */
final class Candidates {
  private final double[] scores;
  private final int[] rows;
  private final int[] words;
  private int size;

  Candidates(int capacity) {
    scores = new double[capacity];
    rows = new int[capacity];
    words = new int[capacity];
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  /** log P of the candidate of this rank. */
  double score(int rank) {
    return scores[rank];
  }

  /** The row that it continues. */
  int row(int rank) {
    return rows[rank];
  }

  /** The token that it adds. */
  int word(int rank) {
    return words[rank];
  }

  /**
   * Offers all continuations of a row.
   *
   * @param score log P of the row
   * @param probabilities of the tokens, from {@code from} on
   */
  void offer(int row, double score, float[] probabilities, int from, int count) {
    int end = from + count;
    float least = least(score);
    for (int i = above(probabilities, from, end, least); i < end; ) {
      insert(row, i - from, score + Math.log(probabilities[i]));
      least = least(score);
      i = above(probabilities, i + 1, end, least);
    }
  }

  /** Where the next one above the least is. Nearly all of the search's time is spent in here. */
  private static int above(float[] probabilities, int from, int end, float least) {
    for (int i = from; i < end; i++) {
      if (probabilities[i] > least) {
        return i;
      }
    }
    return end;
  }

  /** What the probability of a continuation of a row of this log P must exceed, or little less. */
  private float least(double score) {
    return size < scores.length ? 0 : Math.nextDown((float) Math.exp(scores[size - 1] - score));
  }

  private void insert(int row, int word, double score) {
    if (size == scores.length && score <= scores[size - 1]) {
      return;
    }
    int at = size < scores.length ? size++ : size - 1;
    for (; at > 0 && scores[at - 1] < score; at--) {
      scores[at] = scores[at - 1];
      rows[at] = rows[at - 1];
      words[at] = words[at - 1];
    }
    scores[at] = score;
    rows[at] = row;
    words[at] = word;
  }
}
