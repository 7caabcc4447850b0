package dev.carousel.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pairs of neighbouring symbols in a counted word list, and which words they occur in: a merge
 * touches those words only.
 *
 * <p>The queue may hold outdated counts; a pair's entry counts only if it agrees with the table.
 */
final class BpePairs {
  /** A counted word as symbol ids. */
  private static final class Word {
    final long count;
    int[] symbols;

    Word(long count, int[] symbols) {
      this.count = count;
      this.symbols = symbols;
    }
  }

  /** A pair with its count and the words it may occur in. */
  private static final class Pair {
    final int left;
    final int right;
    final Set<Word> words = new HashSet<>();
    long count;
    long queuedCount;

    Pair(int left, int right) {
      this.left = left;
      this.right = right;
    }
  }

  private record Entry(long count, Pair pair) {}

  private final List<String> symbols = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<Long, Pair> pairs = new HashMap<>();
  private Set<Pair> changed = new HashSet<>();
  private final PriorityQueue<Entry> queue =
      new PriorityQueue<>(
          Comparator.comparingLong((Entry e) -> -e.count())
              .thenComparing(e -> symbols.get(e.pair().left))
              .thenComparing(e -> symbols.get(e.pair().right)));

  BpePairs(Map<String, Long> counts) {
    counts.forEach((text, count) -> count(new Word(count, ids(text)), 1));
    queueChanged();
  }

  List<BpeMerge> learn(int merges, long minCount) {
    // A pair can come back when a later merge makes one of its symbols in another way (ab+c, a+bc).
    Set<BpeMerge> learnt = new LinkedHashSet<>();
    Pair best = mostFrequent();
    while (best != null && best.count >= minCount && learnt.size() < merges) {
      BpeMerge merge = new BpeMerge(symbols.get(best.left), symbols.get(best.right));
      learnt.add(merge);
      merge(best, id(merge.product()));
      best = mostFrequent();
    }
    return List.copyOf(learnt);
  }

  private @Nullable Pair mostFrequent() {
    Entry entry = queue.poll();
    while (entry != null && entry.count() != entry.pair().count) {
      entry = queue.poll();
    }
    return entry == null ? null : entry.pair();
  }

  private void merge(Pair pair, int product) {
    for (Word word : List.copyOf(pair.words)) {
      count(word, -1);
      word.symbols = merged(word.symbols, pair, product);
      count(word, 1);
    }
    queueChanged();
  }

  /** Adds a word's pairs to the table, or takes them out. */
  private void count(Word word, int sign) {
    for (int i = 1; i < word.symbols.length; i++) {
      int left = word.symbols[i - 1];
      int right = word.symbols[i];
      Pair pair = pairs.computeIfAbsent(key(left, right), any -> new Pair(left, right));
      pair.count += sign * word.count;
      changed.add(pair);
      if (sign > 0) {
        pair.words.add(word);
      } else {
        pair.words.remove(word);
      }
    }
  }

  private void queueChanged() {
    for (Pair pair : changed) {
      if (pair.count > 0 && pair.count != pair.queuedCount) {
        queue.add(new Entry(pair.count, pair));
        pair.queuedCount = pair.count;
      } else if (pair.count == 0) {
        pairs.remove(key(pair.left, pair.right));
      }
    }
    // Not clear(): that takes as long as the largest set so far.
    changed = new HashSet<>();
  }

  /** Different for every pair, and spread out: the plain 64 bits would collide in Long's hash. */
  private static long key(int left, int right) {
    return ((long) left << 32 | right) * 0x9E3779B97F4A7C15L;
  }

  private static int[] merged(int[] symbols, Pair pair, int product) {
    int[] result = new int[symbols.length];
    int length = 0;
    for (int i = 0; i < symbols.length; i++) {
      boolean applies =
          symbols[i] == pair.left && i + 1 < symbols.length && symbols[i + 1] == pair.right;
      result[length++] = applies ? product : symbols[i];
      i += applies ? 1 : 0;
    }
    return Arrays.copyOf(result, length);
  }

  private int[] ids(String text) {
    return BpeEncoder.clusters(text).stream().mapToInt(this::id).toArray();
  }

  private int id(String symbol) {
    Integer known = ids.putIfAbsent(symbol, symbols.size());
    if (known == null) {
      symbols.add(symbol);
      return symbols.size() - 1;
    }
    return known;
  }
}
