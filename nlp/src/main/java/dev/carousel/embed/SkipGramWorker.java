package dev.carousel.embed;

import dev.carousel.data.SplitMix64;
import java.io.IOException;

/**
 * Learns from the sentences of one stretch of a text. Not thread safe: one a thread.
 *
 * @see SkipGram
 */
final class SkipGramWorker {
  /** Of so many pairs the loss of one is looked at. */
  private static final int LOSS_EVERY = 64;

  private static final double LAST_RATE = 1e-4;

  private final SkipGram model;
  private final SkipGramSettings settings;
  private final NoiseWords noise;
  private final float[] keep;
  private final float[] change;
  private final int[] targets;
  private SplitMix64 random = new SplitMix64(0);
  private long pairs;
  private double loss;
  private long looked;

  /**
   * A worker.
   *
   * @param keep with which probability an occurrence of each word is read, [V]
   */
  SkipGramWorker(SkipGram model, SkipGramSettings settings, NoiseWords noise, float[] keep) {
    this.model = model;
    this.settings = settings;
    this.noise = noise;
    this.keep = keep;
    this.change = new float[settings.size()];
    this.targets = new int[settings.negative() + 1];
  }

  /**
   * The probability with which an occurrence of each word is read (Mikolov et al. 2013, equation
   * 5).
   */
  static float[] keep(long[] counts, long total, double subsample) {
    float[] keep = new float[counts.length];
    for (int i = 0; i < counts.length; i++) {
      double share = counts[i] / (double) total;
      keep[i] =
          subsample == 0 || share <= subsample ? 1 : (float) StrictMath.sqrt(subsample / share);
    }
    return keep;
  }

  /** Goes once through a stretch; all that is drawn is a function of seed, epoch and shard. */
  void run(EncodedText text, int epoch, int shard) throws IOException {
    SkipGramSettings.Passes passes = settings.passes();
    random = SplitMix64.of(passes.seed(), 1 + (long) epoch * passes.threads() + shard);
    EncodedText.Sentences sentences = text.sentences(shard, passes.threads());
    while (sentences.hasNext()) {
      double done = (epoch + sentences.progress()) / passes.epochs();
      learn(sentences.next(), (float) (passes.rate() * Math.max(LAST_RATE, 1 - done)));
    }
  }

  private void learn(int[] sentence, float rate) {
    int length = 0;
    for (int word : sentence) {
      if (keep[word] == 1 || (random.nextLong() >>> 40) * 0x1p-24f < keep[word]) {
        sentence[length++] = word;
      }
    }
    for (int at = 0; at < length; at++) {
      int reach = 1 + random.nextInt(settings.window());
      int to = Math.min(length - 1, at + reach);
      for (int near = Math.max(0, at - reach); near <= to; near++) {
        if (near != at) {
          pair(sentence[at], sentence[near], rate);
        }
      }
    }
  }

  private void pair(int word, int context, float rate) {
    targets[0] = context;
    for (int i = 1; i < targets.length; i++) {
      int drawn = noise.draw(random);
      while (drawn == context) {
        drawn = noise.draw(random);
      }
      targets[i] = drawn;
    }
    if (pairs++ % LOSS_EVERY == 0) {
      loss += model.loss(word, targets);
      looked++;
    }
    model.learn(word, targets, rate, change);
  }

  /** The sum of the losses that were looked at, before each one's step. */
  double loss() {
    return loss;
  }

  /** How many those are. */
  long looked() {
    return looked;
  }
}
