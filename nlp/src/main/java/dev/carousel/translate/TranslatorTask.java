package dev.carousel.translate;

import dev.carousel.autograd.LossOptions;
import dev.carousel.autograd.Ops;
import dev.carousel.model.TokenBatch;
import dev.carousel.nn.Decoded;
import dev.carousel.nn.Encoded;
import dev.carousel.nn.EncoderDecoder;
import dev.carousel.nn.SampledDecoding;
import dev.carousel.nn.ScheduledSampling;
import dev.carousel.tensor.Tensor;
import dev.carousel.train.TrainingTask;
import java.util.Arrays;
import java.util.List;

/**
 * The cross entropy of the targets' tokens and ends. With teacher forcing all steps are computed at
 * once; a batch that samples goes step by step.
 */
final class TranslatorTask implements TrainingTask<PairBatch> {
  private final EncoderDecoder network;
  private final int begin;
  private final int end;
  private final double smoothing;

  TranslatorTask(EncoderDecoder network, TextCodec target, double smoothing) {
    this.network = network;
    this.begin = target.begin();
    this.end = target.end();
    this.smoothing = smoothing;
  }

  @Override
  public Tensor loss(Ops ops, PairBatch batch, double weight) {
    TokenBatch source = TokenBatch.upload(ops, batch.sources());
    Encoded encoded = network.encode(ops, source.ids(), source.lengths());
    List<int[]> inputs = batch.targets().stream().map(t -> shifted(begin, t)).toList();
    List<int[]> gold = batch.targets().stream().map(t -> ended(t, end)).toList();
    Decoded decoded = decode(ops, inputs, encoded, batch);
    return ops.softmaxLoss(
        network.logits(ops, decoded.features()),
        TokenBatch.upload(ops, gold).ids(),
        new LossOptions(null, smoothing, weight));
  }

  private Decoded decode(Ops ops, List<int[]> inputs, Encoded encoded, PairBatch batch) {
    if (batch.samplingRate() == 0) {
      TokenBatch forced = TokenBatch.upload(ops, inputs);
      return network.decode(ops, forced.ids(), forced.lengths(), encoded);
    }
    int longest = inputs.stream().mapToInt(t -> t.length).max().orElseThrow();
    int steps = TokenBatch.steps(longest);
    ScheduledSampling sampling = new ScheduledSampling(batch.samplingRate(), batch.seed());
    return new SampledDecoding(network, sampling)
        .apply(ops, TokenBatch.timeMajor(inputs, steps), steps, encoded);
  }

  private static int[] shifted(int first, int[] tokens) {
    int[] all = new int[tokens.length + 1];
    all[0] = first;
    System.arraycopy(tokens, 0, all, 1, tokens.length);
    return all;
  }

  private static int[] ended(int[] tokens, int last) {
    int[] all = Arrays.copyOf(tokens, tokens.length + 1);
    all[tokens.length] = last;
    return all;
  }

  @Override
  public double rows(PairBatch batch) {
    return batch.targetTokens();
  }

  @Override
  public long tokens(PairBatch batch) {
    return batch.sources().stream().mapToLong(s -> s.length).sum() + batch.targetTokens();
  }
}
