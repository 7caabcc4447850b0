package dev.carousel.decode;

import org.jspecify.annotations.Nullable;

/**
 * A model that writes N sequences at once, with R hypotheses of each: row r·N + n is hypothesis r
 * of sequence n. It keeps a state for each row. In the first call the rows before are the N
 * sequences themselves.
 */
public interface NextTokens {
  /** N now. */
  int sequences();

  /** V, the tokens it chooses from. */
  int words();

  /** S, the most source steps of any sequence, padding included; 0 without a source. */
  int sourceSteps();

  /** How many of the S steps of sequence {@code n} are real. */
  int sourceLength(int n);

  /**
   * Goes one step on with R·N rows.
   *
   * @param rows R·N
   * @param parents for each row the row of the call before (as numbered then) that it continues
   * @param tokens for each row the token that it reads
   * @param attention written, [R·N, S], how much the row looked at each source step, zero beyond
   *     its length; null if it is not wanted
   * @return of each next token
   */
  Probabilities advance(int rows, int[] parents, int[] tokens, float @Nullable [] attention);

  /**
   * Gives up all sequences but these, which are numbered anew from 0 on; the parents of the next
   * call are still rows as they were numbered in the call before.
   */
  void keep(int[] kept);
}
