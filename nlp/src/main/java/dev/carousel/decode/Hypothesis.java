package dev.carousel.decode;

import java.util.Arrays;

/**
 * One way to write a sequence.
 *
 * @param tokens ids without the end
 * @param score by which hypotheses of a sequence are ranked; see {@link BeamSettings}
 * @param logProbability log P, natural, the end included
 * @param ending why it ends where it does
 * @param attention [|Y|, S], what each token and the end looked at, over real source steps only; no
 *     rows if it was not asked for
 */
@SuppressWarnings("ArrayRecordComponent") // compared by contents
public record Hypothesis(
    int[] tokens, double score, double logProbability, Ending ending, float[][] attention) {
  @Override
  public boolean equals(Object other) {
    return other instanceof Hypothesis that
        && Arrays.equals(tokens, that.tokens)
        && score == that.score
        && logProbability == that.logProbability
        && ending == that.ending
        && Arrays.deepEquals(attention, that.attention);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(tokens);
  }

  @Override
  public String toString() {
    return Arrays.toString(tokens) + " " + score;
  }
}
