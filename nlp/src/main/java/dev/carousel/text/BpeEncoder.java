package dev.carousel.text;

import dev.carousel.text.BpePieces.Piece;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Applies merges to pieces, the earliest learnt first. Thread safe. */
final class BpeEncoder {
  /** Pieces kept: text repeats itself, and the first pieces seen are mostly the frequent ones. */
  private static final int CACHE_SIZE = 1 << 16;

  private final Map<BpeMerge, Integer> ranks = new HashMap<>();
  private final Map<String, List<String>> cache = new ConcurrentHashMap<>();

  BpeEncoder(List<BpeMerge> merges) {
    for (BpeMerge merge : merges) {
      ranks.put(merge, ranks.size());
    }
  }

  List<String> encode(Piece piece) {
    if (!piece.mergeable()) {
      return clusters(piece.text());
    }
    List<String> known = cache.get(piece.text());
    if (known != null) {
      return known;
    }
    List<String> symbols = clusters(piece.text());
    for (BpeMerge merge = first(symbols); merge != null; merge = first(symbols)) {
      symbols = merged(symbols, merge);
    }
    if (cache.size() < CACHE_SIZE) {
      cache.put(piece.text(), symbols);
    }
    return symbols;
  }

  static List<String> clusters(String text) {
    List<String> clusters = new ArrayList<>();
    int end;
    for (int start = 0; start < text.length(); start = end) {
      end = Graphemes.next(text, start);
      clusters.add(text.substring(start, end));
    }
    return clusters;
  }

  /** The earliest learnt merge that applies, or null if none does. */
  private @Nullable BpeMerge first(List<String> symbols) {
    BpeMerge first = null;
    int lowest = Integer.MAX_VALUE;
    for (int i = 1; i < symbols.size(); i++) {
      BpeMerge merge = new BpeMerge(symbols.get(i - 1), symbols.get(i));
      int rank = ranks.getOrDefault(merge, Integer.MAX_VALUE);
      if (rank < lowest) {
        lowest = rank;
        first = merge;
      }
    }
    return first;
  }

  private static List<String> merged(List<String> symbols, BpeMerge merge) {
    List<String> result = new ArrayList<>(symbols.size());
    int i = 0;
    while (i < symbols.size()) {
      boolean applies =
          i + 1 < symbols.size()
              && symbols.get(i).equals(merge.left())
              && symbols.get(i + 1).equals(merge.right());
      result.add(applies ? merge.product() : symbols.get(i));
      i += applies ? 2 : 1;
    }
    return result;
  }
}
