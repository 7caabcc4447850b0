package dev.carousel.translate;

import dev.carousel.autograd.Inputs;
import dev.carousel.autograd.LossOptions;
import dev.carousel.autograd.Ops;
import dev.carousel.model.TokenBatch;
import dev.carousel.nn.Decoded;
import dev.carousel.nn.Encoded;
import dev.carousel.nn.EncoderDecoder;
import dev.carousel.nn.SampledDecoding;
import dev.carousel.nn.ScheduledSampling;
import dev.carousel.tensor.Tensor;
import dev.carousel.train.StagedTask;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cross entropy of the targets' tokens and ends. With teacher forcing all steps are computed at
 * once; a batch that samples goes step by step.
 */
final class TranslatorTask implements StagedTask<PairBatch, TranslatorTask.Tensors> {
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

  /**
   * A batch on the device.
   *
   * @param inputs the target's tokens to read, from its beginning on
   * @param gold I32 [T, N], those to predict, up to its end
   * @param sampled null with teacher forcing
   */
  record Tensors(TokenBatch sources, TokenBatch inputs, Tensor gold, @Nullable Sampled sampled) {}

  /** The inputs once more, time-major on the host, where guesses replace some of them. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Sampled(int[] inputs, int steps, ScheduledSampling how) {}

  @Override
  public Tensors upload(Inputs to, PairBatch batch) {
    List<int[]> inputs = batch.targets().stream().map(t -> shifted(begin, t)).toList();
    List<int[]> gold = batch.targets().stream().map(t -> ended(t, end)).toList();
    int steps = TokenBatch.steps(inputs.stream().mapToInt(t -> t.length).max().orElseThrow());
    return new Tensors(
        TokenBatch.upload(to, batch.sources()),
        TokenBatch.upload(to, inputs),
        to.upload(TokenBatch.timeMajor(gold, steps), steps, gold.size()),
        replayable(batch)
            ? null
            : new Sampled(
                TokenBatch.timeMajor(inputs, steps),
                steps,
                new ScheduledSampling(batch.samplingRate(), batch.seed())));
  }

  /** A batch that reads its own guesses waits for them. */
  @Override
  public boolean replayable(PairBatch batch) {
    return batch.samplingRate() == 0;
  }

  @Override
  public Tensor launch(Ops ops, Tensors batch, double weight) {
    TokenBatch sources = batch.sources();
    Encoded encoded = network.encode(ops, sources.ids(), sources.lengths());
    return ops.softmaxLoss(
        network.logits(ops, decode(ops, batch, encoded).features()),
        batch.gold(),
        new LossOptions(null, smoothing, weight));
  }

  private Decoded decode(Ops ops, Tensors batch, Encoded encoded) {
    Sampled sampled = batch.sampled();
    return sampled == null
        ? network.decode(ops, batch.inputs().ids(), batch.inputs().lengths(), encoded)
        : new SampledDecoding(network, sampled.how())
            .apply(ops, sampled.inputs(), sampled.steps(), encoded);
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
