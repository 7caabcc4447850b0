package dev.carousel.nn;

import dev.carousel.autograd.Ops;
import dev.carousel.autograd.Var;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Decoding in training that sometimes reads its own guesses; see {@link ScheduledSampling}. It goes
 * step by step, and after each step the host waits for the scores.
 */
public final class SampledDecoding {
  private final EncoderDecoder model;
  private final ScheduledSampling sampling;

  /**
   * Of this model, this often.
   *
   * @throws IllegalArgumentException if its cells drop the same units at every step
   */
  public SampledDecoding(EncoderDecoder model, ScheduledSampling sampling) {
    EncoderDecoderSettings.requireStepwise(model.settings().cells(), "scheduled sampling");
    this.model = model;
    this.sampling = sampling;
  }

  /**
   * Decodes T steps of N rows.
   *
   * @param gold the right tokens to read, time-major [T·N], the first ones what begins a sequence;
   *     negative beyond a row's length, where nothing is sampled
   */
  public Decoded apply(Ops ops, int[] gold, int steps, Encoded encoded) {
    int rows = gold.length / steps;
    SplittableRandom random = new SplittableRandom(sampling.seed());
    int[] input = Arrays.copyOf(gold, rows);
    List<Decoded> done = new ArrayList<>();
    DecoderState state = encoded.start();
    for (int t = 0; t < steps; t++) {
      Tensor ids = ops.take(DType.I32, 1, rows);
      ops.backend().memory().upload(input, 0, ids);
      Decoded one = model.step(ops, ids, encoded.memory(), state);
      done.add(one);
      state = one.last();
      if (t + 1 < steps) {
        System.arraycopy(gold, (t + 1) * rows, input, 0, rows);
        replace(ops, one.features(), input, random);
      }
    }
    return AttentionDecoder.join(ops, done);
  }

  private void replace(Ops ops, Var features, int[] next, SplittableRandom random) {
    boolean[] guessed = new boolean[next.length];
    boolean any = false;
    for (int n = 0; n < next.length; n++) {
      guessed[n] = random.nextDouble() < sampling.rate() && next[n] >= 0;
      any |= guessed[n];
    }
    if (!any) {
      return;
    }
    Tensor logits = model.logits(ops, features).value();
    int words = logits.shape().dim(-1);
    float[] scores = new float[(int) logits.size()];
    ops.backend().memory().download(logits, scores, 0);
    for (int n = 0; n < next.length; n++) {
      if (guessed[n]) {
        next[n] = largest(scores, n * words, words);
      }
    }
  }

  private static int largest(float[] scores, int from, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (scores[from + i] > scores[from + best]) {
        best = i;
      }
    }
    return best;
  }
}
