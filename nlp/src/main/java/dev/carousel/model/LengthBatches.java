package dev.carousel.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Cuts sequences that are waiting for an answer into batches of similar length. */
public final class LengthBatches {
  private static final int MAX_ROWS = 64;
  private static final int MAX_TOKENS = 16_384;

  private LengthBatches() {}

  /**
   * The sequences' indices, longest first, cut where rows or tokens would exceed the limits.
   *
   * @param count how many there are
   * @param length of each, 0 or more
   */
  public static List<List<Integer>> of(int count, IntUnaryOperator length) {
    return of(count, length, MAX_TOKENS);
  }

  /**
   * The same for a network that needs much memory a token.
   *
   * @param maxTokens most tokens of a batch, padding included, unless a single sequence is longer
   */
  public static List<List<Integer>> of(int count, IntUnaryOperator length, int maxTokens) {
    List<Integer> order =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingInt((Integer i) -> -length.applyAsInt(i)))
            .toList();
    List<List<Integer>> batches = new ArrayList<>();
    int at = 0;
    while (at < order.size()) {
      int steps = TokenBatch.steps(length.applyAsInt(order.get(at)));
      int rows = Math.max(1, Math.min(MAX_ROWS, maxTokens / steps));
      int end = Math.min(order.size(), at + rows);
      batches.add(order.subList(at, end));
      at = end;
    }
    return batches;
  }
}
