package dev.carousel.bench.worker;

import dev.carousel.bench.row.Decoding;
import dev.carousel.bench.row.Row;
import java.util.Arrays;

/**
 * What the rows that translate have in common for libraries that are asked step by step: what was
 * written, as steps that point back. With B hypotheses of a sentence, row n·B + b is hypothesis b
 * of sentence n.
 */
public abstract class DecodingRun implements Exercise {
  /** What is run. */
  protected final Row row;

  /** The model and its sentences. */
  protected final Decoding decoding;

  /** B. */
  protected final int width;

  private final long[][] parents;
  private final long[][] tokens;
  private final int[] best;
  private final float[] scores;

  /** Makes room. */
  protected DecodingRun(Row row) {
    this.row = row;
    this.decoding = row.decoding();
    this.width = decoding.width();
    parents = new long[decoding.written()][];
    tokens = new long[decoding.written()][];
    best = new int[row.batch()];
    scores = new float[row.batch()];
  }

  /** The ids of all sources, [T, N], 0 after the end of one. */
  protected final long[] timeMajorSources() {
    int[][] sources = decoding.sources();
    long[] ids = new long[row.steps() * sources.length];
    for (int n = 0; n < sources.length; n++) {
      for (int s = 0; s < sources[n].length; s++) {
        ids[s * sources.length + n] = sources[n][s];
      }
    }
    return ids;
  }

  /** What is added to the scores of attention, [N, 1, T]: −10⁹ after the end of a source. */
  protected final float[] mask() {
    int[] lengths = decoding.lengths();
    float[] mask = new float[lengths.length * row.steps()];
    for (int n = 0; n < lengths.length; n++) {
      Arrays.fill(mask, n * row.steps() + lengths[n], (n + 1) * row.steps(), -1e9f);
    }
    return mask;
  }

  /** log P of the hypotheses before the first step: one of each sentence is enough. */
  protected final float[] firstScores() {
    float[] first = new float[decoding.rows()];
    Arrays.fill(first, -1e9f);
    for (int n = 0; n < row.batch(); n++) {
      first[n * width] = 0;
    }
    return first;
  }

  /** The sentence that each row belongs to: what it continues in the first step. */
  protected final long[] sentences() {
    long[] rows = new long[decoding.rows()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i / width;
    }
    return rows;
  }

  /** Keeps which row of the step before each row continues, and by which token. */
  protected final void wrote(int step, long[] continued, long[] by) {
    parents[step] = continued;
    tokens[step] = by;
  }

  /** Chooses the best hypothesis of each sentence by log P of each row, the end included. */
  protected final void ended(float[] totals) {
    for (int n = 0; n < best.length; n++) {
      best[n] = n * width;
      for (int i = n * width; i < (n + 1) * width; i++) {
        best[n] = totals[i] > totals[best[n]] ? i : best[n];
      }
      scores[n] = totals[best[n]];
    }
  }

  /** For one hypothesis of a sentence, whose log P nobody needs. */
  protected final void endedGreedily() {
    Arrays.setAll(best, n -> n);
  }

  /** The written tokens, [N, written], and with a beam their log P, [N]. */
  @Override
  public final Answer answer() throws Exception {
    run();
    int steps = tokens.length;
    float[] written = new float[best.length * steps];
    for (int n = 0; n < best.length; n++) {
      int at = best[n];
      for (int s = steps - 1; s >= 0; s--) {
        written[n * steps + s] = tokens[s][at];
        at = (int) parents[s][at];
      }
    }
    Answer answer = Answer.empty().with("tokens", written);
    return width == 1 ? answer : answer.with("scores", scores.clone());
  }
}
