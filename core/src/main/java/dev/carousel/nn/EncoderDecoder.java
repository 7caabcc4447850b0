package dev.carousel.nn;

import dev.carousel.autograd.Init;
import dev.carousel.autograd.LinearParameter;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Var;
import dev.carousel.nn.EncoderDecoderSettings.Sizes;
import dev.carousel.nn.EncoderDecoderSettings.Tying;
import dev.carousel.rnn.Lengths;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * From one sequence of tokens to another: a recurrent encoder, a {@link Bridge}, an {@link
 * AttentionDecoder} and an output layer over the target's words. S source steps, T target steps, N
 * rows, V target words.
 */
public final class EncoderDecoder {
  private final EncoderDecoderSettings settings;
  private final Embedding source;
  private final Embedding target;
  private final Recurrent encoder;
  private final Bridge bridge;
  private final AttentionDecoder decoder;
  private final LinearParameter output;

  /**
   * Declares {@code source.weight}, {@code target.weight}, {@code encoder}, {@code bridge}, {@code
   * decoder} and {@code output}; tied matrices once, under the first name.
   */
  public EncoderDecoder(ParameterSet.Builder set, EncoderDecoderSettings settings) {
    this.settings = settings;
    Sizes sizes = settings.sizes();
    int e = sizes.embedding();
    // as an output layer a tied table must not begin with large scores
    Init start = Init.normal(settings.tying() == Tying.NONE ? 0.1 : 1 / Math.sqrt(e));
    source = new Embedding(set, "source", sizes.sourceWords(), e, start);
    target =
        settings.tying() == Tying.ALL
            ? source
            : new Embedding(set, "target", sizes.targetWords(), e, start);
    encoder = new Recurrent(set, "encoder", settings.encoder(set.precision()));
    int memory = encoder.settings().outputSize();
    DecoderSettings decoding =
        new DecoderSettings(
            settings.score(),
            settings.feeding(),
            settings.attentional(),
            settings.dropout().output());
    decoder =
        new AttentionDecoder(set, "decoder", decoding, settings.decoder(set.precision()), memory);
    bridge = new Bridge(set, "bridge", encoder, decoder.rnn());
    output =
        settings.tying() == Tying.NONE
            ? set.declareLinear(
                "output", settings.attentional(), sizes.targetWords(), Init.xavier())
            : set.matrix(
                target.table(), set.declare("output.bias", Init.constant(0), sizes.targetWords()));
  }

  /** What it is. */
  public EncoderDecoderSettings settings() {
    return settings;
  }

  /** Reads source tokens, I32 [S, N], negative beyond a row's length. */
  public Encoded encode(Ops ops, Tensor ids, Lengths lengths) {
    Var x = ops.dropout(source.apply(ops, ids), settings.dropout().embedding());
    List<StateVar> last = new ArrayList<>();
    Var steps = encoder.applyStack(ops, x, lengths, null, last);
    steps = ops.dropout(steps, settings.dropout().memory());
    AttentionMemory memory = decoder.remember(ops, steps, lengths);
    return new Encoded(memory, decoder.start(ops, bridge.apply(ops, last), lengths.batch()));
  }

  /** Reads known target tokens, I32 [T, N] (teacher forcing); features of all steps. */
  public Decoded decode(Ops ops, Tensor ids, Lengths lengths, Encoded encoded) {
    return decoder.apply(ops, embed(ops, ids), lengths, encoded.memory(), encoded.start());
  }

  /** Reads one token a row, I32 [1, R·N], R hypotheses of each of the memory's N rows. */
  public Decoded step(Ops ops, Tensor ids, AttentionMemory memory, DecoderState state) {
    return decoder.step(ops, embed(ops, ids), memory, state);
  }

  private Var embed(Ops ops, Tensor ids) {
    return ops.dropout(target.apply(ops, ids), settings.dropout().embedding());
  }

  /** Scores of the V words, [T, N, V], of features [T, N, A]. */
  public Var logits(Ops ops, Var features) {
    return ops.linear(features, output);
  }
}
