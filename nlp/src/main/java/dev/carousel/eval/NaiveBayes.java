package dev.carousel.eval;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Multinomial naive Bayes over word counts (McCallum and Nigam 1998): the baseline that a network
 * has to beat.
 *
 * <p>A text's score for class c is log P(c) + Σ log((n(c, w) + α) / (n(c) + α·V)) over its words w
 * that occurred in training, with V different words there and the smoothing α. Immutable and thread
 * safe.
 */
public final class NaiveBayes {
  /** Laplace's smoothing; less is usually better where most words are rare. */
  public static final double ADD_ONE = 1;

  private final List<String> labels;
  private final double smoothing;
  private final Map<String, int[]> classCounts;
  private final double[] logPrior;
  private final double[] logTotal;

  private NaiveBayes(
      List<String> labels,
      double smoothing,
      Map<String, int[]> classCounts,
      double[] logPrior,
      double[] logTotal) {
    this.labels = labels;
    this.smoothing = smoothing;
    this.classCounts = classCounts;
    this.logPrior = logPrior;
    this.logTotal = logTotal;
  }

  /**
   * Counts words.
   *
   * @param texts each text's words
   * @param labels each text's class
   * @param smoothing the count α added to every word in every class, above 0
   * @return the trained classifier
   * @throws IllegalArgumentException if there are no texts, or not one label a text, or the
   *     smoothing is not above 0
   */
  public static NaiveBayes train(List<List<String>> texts, List<String> labels, double smoothing) {
    if (!(smoothing > 0)) {
      throw new IllegalArgumentException("the smoothing must be above 0, not " + smoothing);
    }
    if (texts.isEmpty() || texts.size() != labels.size()) {
      throw new IllegalArgumentException(
          texts.size() + " texts and " + labels.size() + " labels; expected as many, and some");
    }
    List<String> classes = List.copyOf(new TreeSet<>(labels));
    long[] textsOf = new long[classes.size()];
    long[] wordsOf = new long[classes.size()];
    Map<String, int[]> counts = new HashMap<>();
    for (int i = 0; i < labels.size(); i++) {
      int c = Collections.binarySearch(classes, labels.get(i));
      textsOf[c]++;
      wordsOf[c] += texts.get(i).size();
      for (String word : texts.get(i)) {
        counts.computeIfAbsent(word, any -> new int[classes.size()])[c]++;
      }
    }
    double[] logPrior =
        Arrays.stream(textsOf).mapToDouble(n -> Math.log((double) n / texts.size())).toArray();
    double[] logTotal =
        Arrays.stream(wordsOf).mapToDouble(n -> Math.log(n + smoothing * counts.size())).toArray();
    return new NaiveBayes(classes, smoothing, counts, logPrior, logTotal);
  }

  /** Returns the classes in string order. */
  public List<String> labels() {
    return labels;
  }

  /**
   * The most probable class of a text.
   *
   * @param words the text's words
   * @return its class; of equally probable ones the first in string order
   */
  public String predict(List<String> words) {
    double[] scores = scores(words);
    int best = 0;
    for (int c = 1; c < scores.length; c++) {
      best = scores[c] > scores[best] ? c : best;
    }
    return labels.get(best);
  }

  /**
   * The classes' log probabilities, up to a constant that is the same for all of them.
   *
   * @param words the text's words; those that training did not see are left out
   * @return one score a class, in the order of {@link #labels}
   */
  public double[] scores(List<String> words) {
    double[] scores = logPrior.clone();
    for (String word : words) {
      int[] counts = classCounts.get(word);
      if (counts != null) {
        for (int c = 0; c < scores.length; c++) {
          scores[c] += Math.log(counts[c] + smoothing) - logTotal[c];
        }
      }
    }
    return scores;
  }
}
