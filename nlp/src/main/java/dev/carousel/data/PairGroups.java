package dev.carousel.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pairs that hang together because a source or a target is the same (union-find). */
final class PairGroups {
  private final int[] parent;

  private PairGroups(int size) {
    parent = new int[size];
    for (int i = 0; i < size; i++) {
      parent[i] = i;
    }
  }

  static PairGroups of(List<TextPair> pairs) {
    PairGroups groups = new PairGroups(pairs.size());
    Map<String, Integer> bySource = new HashMap<>();
    Map<String, Integer> byTarget = new HashMap<>();
    for (int i = 0; i < pairs.size(); i++) {
      groups.join(i, bySource.putIfAbsent(pairs.get(i).source(), i));
      groups.join(i, byTarget.putIfAbsent(pairs.get(i).target(), i));
    }
    return groups;
  }

  private void join(int i, @Nullable Integer other) {
    if (other != null) {
      parent[root(i)] = root(other);
    }
  }

  private int root(int i) {
    int at = i;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }

  /** Whole groups in a random order, as long as they fit into {@code count} pairs. */
  boolean[] draw(int count, SplitMix64 random) {
    boolean[] drawn = new boolean[parent.length];
    boolean[] roots = new boolean[parent.length];
    int[] sizes = new int[parent.length];
    for (int i = 0; i < parent.length; i++) {
      sizes[root(i)]++;
    }
    int total = 0;
    for (int i : random.permutation(parent.length)) {
      int root = root(i);
      if (!roots[root] && total + sizes[root] <= count) {
        roots[root] = true;
        total += sizes[root];
      }
    }
    for (int i = 0; i < parent.length; i++) {
      drawn[i] = roots[root(i)];
    }
    return drawn;
  }
}
