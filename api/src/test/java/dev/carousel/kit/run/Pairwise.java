package dev.carousel.kit.run;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Combinations of factors' levels in which every pair of levels of any two factors occurs at least
 * once: most faults need no more than two factors to show (Kuhn et al. 2004), and a few dozen
 * combinations do the work of thousands. Greedy and seeded.
 */
public final class Pairwise {
  private static final int CANDIDATES = 40;

  private final int[] levels;
  private final int total;
  private final SplittableRandom random;
  private final BitSet uncovered = new BitSet();

  private Pairwise(long seed, int[] levels) {
    this.levels = levels;
    this.random = new SplittableRandom(seed);
    int sum = 0;
    for (int l : levels) {
      sum += l;
    }
    total = sum;
  }

  /**
   * The combinations, each one level (from 0) a factor.
   *
   * @param levels how many levels each factor has
   */
  public static List<int[]> combinations(long seed, int... levels) {
    return new Pairwise(seed, levels).cover();
  }

  private List<int[]> cover() {
    forEachPair(null, (a, b) -> uncovered.set(a * total + b));
    List<int[]> rows = new ArrayList<>();
    while (!uncovered.isEmpty()) {
      int[] best = candidate();
      for (int i = 1; i < CANDIDATES; i++) {
        int[] other = candidate();
        best = gain(other) > gain(best) ? other : best;
      }
      forEachPair(best, (a, b) -> uncovered.clear(a * total + b));
      rows.add(best);
    }
    return rows;
  }

  /** A random combination that has the first pair not yet covered. */
  private int[] candidate() {
    int[] row = new int[levels.length];
    for (int f = 0; f < row.length; f++) {
      row[f] = random.nextInt(levels[f]);
    }
    int pair = uncovered.nextSetBit(0);
    choose(row, pair / total);
    choose(row, pair % total);
    return row;
  }

  private void choose(int[] row, int id) {
    int factor = 0;
    int level = id;
    while (level >= levels[factor]) {
      level -= levels[factor++];
    }
    row[factor] = level;
  }

  private int gain(int[] row) {
    int[] count = {0};
    forEachPair(row, (a, b) -> count[0] += uncovered.get(a * total + b) ? 1 : 0);
    return count[0];
  }

  private interface PairVisitor {
    void visit(int a, int b);
  }

  /** Visits the pairs of one combination, or all there are if {@code row} is null. */
  private void forEachPair(int @Nullable [] row, PairVisitor visitor) {
    int fromA = 0;
    for (int a = 0; a < levels.length; fromA += levels[a++]) {
      int fromB = fromA + levels[a];
      for (int b = a + 1; b < levels.length; fromB += levels[b++]) {
        for (int i = 0; i < levels[a]; i++) {
          for (int j = 0; j < levels[b]; j++) {
            if (row == null || (row[a] == i && row[b] == j)) {
              visitor.visit(fromA + i, fromB + j);
            }
          }
        }
      }
    }
  }
}
