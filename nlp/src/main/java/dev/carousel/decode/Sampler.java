package dev.carousel.decode;

import java.util.SplittableRandom;

/**
 * Draws tokens of one text, one after the other, as a {@link Sampling} says. It remembers the text
 * as far as repetition control needs it and takes all its memory when it is made. Not thread safe:
 * one a text.
 */
public final class Sampler {
  private final Sampling sampling;
  private final SplittableRandom random;
  private final RecentTokens recent;
  private final int[] never;
  private final double[] scores;
  private final BestFirst order;
  private final int[] kept;
  private final double[] weights;

  /**
   * A sampler.
   *
   * @param vocabulary V, the number of logits
   * @param never tokens that are never drawn, such as padding; fewer than V
   */
  public Sampler(Sampling sampling, int vocabulary, int... never) {
    if (never.length >= vocabulary) {
      throw new IllegalArgumentException(
          "%d of %d tokens may never be drawn: none is left".formatted(never.length, vocabulary));
    }
    this.sampling = sampling;
    this.random = new SplittableRandom(sampling.seed());
    this.recent = new RecentTokens(sampling.repetition().window());
    this.never = never.clone();
    this.scores = new double[vocabulary];
    this.order = new BestFirst(scores);
    this.kept = new int[vocabulary];
    this.weights = new double[vocabulary];
  }

  /** Tells of a token that was not drawn here, say of a prompt. */
  public void read(int id) {
    if (sampling.repetition().active()) {
      recent.add(id);
    }
  }

  /**
   * Draws the next token and remembers it. If repetition control forbids every token, it is left
   * out of this draw.
   *
   * @param logits [V], not changed
   */
  public int next(float[] logits) {
    load(logits);
    control();
    int best = likeliest();
    if (best < 0) {
      load(logits);
      best = likeliest();
    }
    int id = sampling.temperature() == 0 ? best : draw(scores[best]);
    read(id);
    return id;
  }

  /** The first of the tokens of the highest score; −1 if all are forbidden. */
  private int likeliest() {
    int best = -1;
    for (int id = 0; id < scores.length; id++) {
      boolean allowed = scores[id] != Double.NEGATIVE_INFINITY;
      if (allowed && (best < 0 || scores[id] > scores[best])) {
        best = id;
      }
    }
    return best;
  }

  private void load(float[] logits) {
    if (logits.length != scores.length) {
      throw new IllegalArgumentException(
          "%d logits for a vocabulary of %d tokens".formatted(logits.length, scores.length));
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] = logits[i];
    }
    for (int id : never) {
      scores[id] = Double.NEGATIVE_INFINITY;
    }
  }

  private void control() {
    RepetitionControl control = sampling.repetition();
    if (control.penalty() > 1) {
      recent.penalize(scores, control.penalty());
    }
    if (control.blockNgrams() > 0) {
      recent.block(scores, control.blockNgrams());
    }
  }

  private int draw(double best) {
    boolean all = sampling.topK() == 0 && sampling.topP() == 1;
    double point = random.nextDouble() * (all ? takeAll(best) : takeBest(best));
    int i = 0;
    double passed = weights[0];
    while (passed <= point) {
      i++;
      passed += weights[i];
    }
    return kept[i];
  }

  /** Takes every token by rising id; returns their weight. */
  private double takeAll(double best) {
    double total = 0;
    int count = 0;
    for (int id = 0; id < scores.length; id++) {
      if (scores[id] != Double.NEGATIVE_INFINITY) {
        total += take(count++, id, best);
      }
    }
    return total;
  }

  /** Takes what top-k and top-p leave, best first; returns its weight. */
  private double takeBest(double best) {
    order.rebuild();
    int limit = sampling.topK() == 0 ? order.size() : Math.min(sampling.topK(), order.size());
    boolean cut = sampling.topK() > 0;
    double total = cut ? 0 : takeAll(best);
    for (int i = 0; cut && i < limit; i++) {
      total += take(i, order.next(), best);
    }
    double inside = 0;
    for (int i = 0; i < limit && inside < sampling.topP() * total; i++) {
      inside += cut ? weights[i] : take(i, order.next(), best);
    }
    return inside;
  }

  /** Puts a token in place {@code i}, with its weight relative to the best token's. */
  private double take(int i, int id, double best) {
    kept[i] = id;
    weights[i] = Math.exp((scores[id] - best) / sampling.temperature());
    return weights[i];
  }
}
