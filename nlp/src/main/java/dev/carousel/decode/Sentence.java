package dev.carousel.decode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The search for one sequence: where its rows go on, and what it has found. */
final class Sentence {
  final double[] scores;
  final int[] parents;
  final int[] tokens;
  private final BeamSettings settings;
  private int limit;
  private final List<Hypothesis> results = new ArrayList<>();
  private boolean done;

  Sentence(BeamSettings settings, int limit) {
    this.settings = settings;
    this.limit = limit;
    scores = new double[settings.width()];
    parents = new int[settings.width()];
    tokens = new int[settings.width()];
  }

  /** The most tokens to write. */
  int limit() {
    return limit;
  }

  /** Lets no result have more than {@code tokens}. */
  void shorten(int tokens) {
    limit = Math.min(limit, tokens);
  }

  boolean done() {
    return done;
  }

  void finish() {
    done = true;
  }

  /** Whether B results are there. */
  boolean full() {
    return results.size() >= settings.width();
  }

  void add(Hypothesis result) {
    results.add(result);
  }

  /**
   * Whether no hypothesis that goes on can become one of the n best: log P only falls, the length
   * penalty is largest at the limit, and the coverage penalty is at most 0.
   */
  boolean decided(double bestScore) {
    if (results.size() < settings.nBest()) {
      return false;
    }
    double possible = settings.score(bestScore, limit + 1, 0);
    return best().get(settings.nBest() - 1).score() >= possible;
  }

  /** The n best results, best first. */
  List<Hypothesis> best() {
    return results.stream()
        .sorted(Comparator.comparingDouble(Hypothesis::score).reversed())
        .limit(settings.nBest())
        .toList();
  }
}
