package dev.carousel.reference;

/**
 * The lattice of one row at a time, in log space (Lafferty et al. 2001; Rabiner 1989). With e the
 * emissions, A the transitions, s and u those from the start and to the end:
 *
 * <pre>
 * α_0(j) = s(j) + e_0(j)    α_t(j) = e_t(j) + log Σ_i exp(α_t−1(i) + A(i, j))
 * β_L−1(i) = u(i)           β_t(i) = log Σ_j exp(A(i, j) + e_t+1(j) + β_t+1(j))
 * log Z = log Σ_j exp(α_L−1(j) + u(j))
 * </pre>
 */
final class CrfLattice {
  private final Sizes sizes;
  private final int labels;
  private final double[] a;
  private final Matrix transitions;
  private final Matrix expected;
  private final Matrix emissions;
  private final Matrix alpha;
  private final Matrix beta;
  private final int terms;
  private int length;

  /** T, N and K. */
  record Sizes(int steps, int batch, int labels) {}

  /** Doubles of scratch. */
  static long size(int steps, int labels) {
    return 2L * (labels + 2) * labels + 3L * steps * labels + labels;
  }

  /** A lattice in {@code scratch[at]} and after, with these transitions. */
  CrfLattice(double[] scratch, int at, Sizes sizes, Reals transitionScores) {
    this.sizes = sizes;
    this.labels = sizes.labels;
    this.a = scratch;
    int square = (labels + 2) * labels;
    int strip = sizes.steps * labels;
    transitions = Matrix.of(scratch, at, labels + 2, labels);
    expected = Matrix.of(scratch, at + square, labels + 2, labels);
    emissions = Matrix.of(scratch, at + 2 * square, sizes.steps, labels);
    alpha = Matrix.of(scratch, emissions.at() + strip, sizes.steps, labels);
    beta = Matrix.of(scratch, alpha.at() + strip, sizes.steps, labels);
    terms = beta.at() + strip;
    transitionScores.read(0, scratch, transitions.at(), square);
    expected.fill(0);
  }

  /** Takes up row {@code n} of the batch. */
  void read(Reals scores, int n, int rowLength) {
    length = rowLength;
    for (int t = 0; t < length; t++) {
      scores.read((t * sizes.batch + n) * labels, a, emissions.row(t), labels);
    }
  }

  private double transition(int from, int to) {
    return a[transitions.row(from) + to];
  }

  private double start(int label) {
    return transition(labels, label);
  }

  private double end(int label) {
    return transition(labels + 1, label);
  }

  /** α; returns log Z. */
  double forward() {
    for (int j = 0; j < labels; j++) {
      a[alpha.row(0) + j] = start(j) + a[emissions.row(0) + j];
    }
    for (int t = 1; t < length; t++) {
      for (int j = 0; j < labels; j++) {
        for (int i = 0; i < labels; i++) {
          a[terms + i] = a[alpha.row(t - 1) + i] + transition(i, j);
        }
        a[alpha.row(t) + j] = a[emissions.row(t) + j] + logSumTerms();
      }
    }
    for (int j = 0; j < labels; j++) {
      a[terms + j] = a[alpha.row(length - 1) + j] + end(j);
    }
    return logSumTerms();
  }

  private double logSumTerms() {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = terms; i < terms + labels; i++) {
      max = Math.max(max, a[i]);
    }
    if (max == Double.NEGATIVE_INFINITY) {
      return max;
    }
    double sum = 0;
    for (int i = terms; i < terms + labels; i++) {
      sum += Math.exp(a[i] - max);
    }
    return max + Math.log(sum);
  }

  /** The unnormalised score of the gold path. */
  double score(Ints gold, int n) {
    int label = gold.get(n);
    double sum = start(label) + a[emissions.row(0) + label];
    for (int t = 1; t < length; t++) {
      int next = gold.get(t * sizes.batch + n);
      sum += transition(label, next) + a[emissions.row(t) + next];
      label = next;
    }
    return sum + end(label);
  }

  /**
   * β; adds the expected transitions to those of the rows before, and leaves the marginal
   * probabilities of the labels in place of α.
   */
  void backward(double logPartition) {
    for (int i = 0; i < labels; i++) {
      a[beta.row(length - 1) + i] = end(i);
    }
    for (int t = length - 2; t >= 0; t--) {
      for (int i = 0; i < labels; i++) {
        stepBack(t, i, logPartition);
      }
    }
    for (int t = 0; t < length; t++) {
      for (int j = 0; j < labels; j++) {
        int at = alpha.row(t) + j;
        a[at] = Math.exp(a[at] + a[beta.row(t) + j] - logPartition);
      }
    }
    for (int j = 0; j < labels; j++) {
      a[expected.row(labels) + j] += a[alpha.row(0) + j];
      a[expected.row(labels + 1) + j] += a[alpha.row(length - 1) + j];
    }
  }

  /** β_t(i), and the expected transitions from label i after step t. */
  private void stepBack(int t, int i, double logPartition) {
    for (int j = 0; j < labels; j++) {
      double after = a[emissions.row(t + 1) + j] + a[beta.row(t + 1) + j];
      a[terms + j] = transition(i, j) + after;
      a[expected.row(i) + j] += Math.exp(a[alpha.row(t) + i] + a[terms + j] - logPartition);
    }
    a[beta.row(t) + i] = logSumTerms();
  }

  /** Takes the gold path's labels and transitions off the expected ones. */
  void subtractGold(Ints gold, int n) {
    int label = gold.get(n);
    a[expected.row(labels) + label]--;
    a[alpha.row(0) + label]--;
    for (int t = 1; t < length; t++) {
      int next = gold.get(t * sizes.batch + n);
      a[expected.row(label) + next]--;
      a[alpha.row(t) + next]--;
      label = next;
    }
    a[expected.row(labels + 1) + label]--;
  }

  /** Writes {@code factor ·} the row's gradient, zero beyond its length. */
  void writeGradient(Reals to, int n, double factor) {
    for (int t = 0; t < sizes.steps; t++) {
      for (int j = 0; j < labels; j++) {
        double d = t < length ? factor * a[alpha.row(t) + j] : 0;
        to.set((t * sizes.batch + n) * labels + j, d);
      }
    }
  }

  /** Adds {@code factor ·} the gradient of all rows so far. */
  void addTransitionGradient(Reals to, double factor) {
    for (int i = 0; i < expected.rows() * labels; i++) {
      to.add(i, factor * a[expected.at() + i]);
    }
  }

  /**
   * Viterbi's algorithm; of equals the label of the lowest number. Backpointers take the place of
   * β.
   *
   * @return the score of the path; 0 if it is empty
   */
  double best(Ints path, int n) {
    for (int t = length; t < sizes.steps; t++) {
      path.set(t * sizes.batch + n, -1);
    }
    if (length == 0) {
      return 0;
    }
    for (int j = 0; j < labels; j++) {
      a[alpha.row(0) + j] = start(j) + a[emissions.row(0) + j];
    }
    for (int t = 1; t < length; t++) {
      for (int j = 0; j < labels; j++) {
        for (int i = 0; i < labels; i++) {
          a[terms + i] = a[alpha.row(t - 1) + i] + transition(i, j);
        }
        int from = largestTerm();
        a[beta.row(t) + j] = from;
        a[alpha.row(t) + j] = a[terms + from] + a[emissions.row(t) + j];
      }
    }
    for (int j = 0; j < labels; j++) {
      a[terms + j] = a[alpha.row(length - 1) + j] + end(j);
    }
    int label = largestTerm();
    double score = a[terms + label];
    for (int t = length - 1; t >= 0; t--) {
      path.set(t * sizes.batch + n, label);
      label = t == 0 ? 0 : (int) a[beta.row(t) + label];
    }
    return score;
  }

  private int largestTerm() {
    int best = 0;
    for (int i = 1; i < labels; i++) {
      if (a[terms + i] > a[terms + best]) {
        best = i;
      }
    }
    return best;
  }
}
