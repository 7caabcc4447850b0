package dev.carousel.nn;

import dev.carousel.autograd.Attended;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Var;
import dev.carousel.nn.DecoderSettings.InputFeeding;
import dev.carousel.rnn.Lengths;
import dev.carousel.spi.Activation;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A recurrent network that looks at an encoded sequence in each of its steps (Luong et al. 2015,
 * equations 4 to 7, whatever the score):
 *
 * <pre>
 * h_t = rnn([e_t; h̃_{t−1}], h_{t−1})       without input feeding rnn(e_t, h_{t−1})
 * c_t = attention(h_t, memory)
 * h̃_t = tanh(W_c [c_t; h_t] + b_c)
 * </pre>
 *
 * T steps, N rows, E features of an input, H of the network, A of h̃.
 */
public final class AttentionDecoder {
  private final DecoderSettings settings;
  private final Recurrent rnn;
  private final Attention attention;
  private final Linear combine;

  /**
   * Declares {@code name.rnn}, {@code name.attention} and {@code name.combine}.
   *
   * @param cell the recurrent network, whose input size is E, or E + A with input feeding
   * @param memory features of what is attended to
   */
  public AttentionDecoder(
      ParameterSet.Builder set,
      String name,
      DecoderSettings settings,
      RecurrentSettings cell,
      int memory) {
    this.settings = settings;
    this.rnn = new Recurrent(set, name + ".rnn", cell);
    int hidden = cell.outputSize();
    this.attention = new Attention(set, name + ".attention", settings.score(), hidden, memory);
    this.combine = new Linear(set, name + ".combine", memory + hidden, settings.attentional());
  }

  /** The recurrent network, for a {@link Bridge}. */
  public Recurrent rnn() {
    return rnn;
  }

  /** Projects encoded steps [S, N, M] for {@link #apply} and {@link #step}. */
  public AttentionMemory remember(Ops ops, Var steps, Lengths lengths) {
    return attention.remember(ops, steps, lengths);
  }

  /** The state before the first step: nothing was fed back yet. */
  public DecoderState start(Ops ops, List<StateVar> rnnState, int rows) {
    if (settings.feeding() == InputFeeding.OFF) {
      return new DecoderState(rnnState, null);
    }
    Tensor zeros = ops.take(DType.F32, 1, rows, settings.attentional());
    ops.backend().memory().fill(zeros, 0);
    return new DecoderState(rnnState, ops.constant(zeros));
  }

  /**
   * Runs over known inputs: at once, or with input feeding step by step.
   *
   * @param inputs [T, N, E]
   * @param lengths of the inputs
   */
  public Decoded apply(
      Ops ops, Var inputs, Lengths lengths, AttentionMemory memory, DecoderState start) {
    return settings.feeding() == InputFeeding.ON
        ? stepwise(ops, inputs, memory, start)
        : stretch(ops, inputs, lengths, memory, start);
  }

  /** One step of inputs [1, N, E], N being R times the memory's rows; see {@link Attention}. */
  public Decoded step(Ops ops, Var input, AttentionMemory memory, DecoderState state) {
    Lengths one = Lengths.full(1, input.shape().dim(1));
    Var x =
        settings.feeding() == InputFeeding.OFF
            ? input
            : ops.concat(input, Objects.requireNonNull(state.feed(), "fed back"));
    return stretch(ops, x, one, memory, state);
  }

  private Decoded stretch(
      Ops ops, Var x, Lengths lengths, AttentionMemory memory, DecoderState state) {
    List<StateVar> last = new ArrayList<>();
    Var h = rnn.applyStack(ops, x, lengths, state.rnn(), last);
    Attended context = attention.apply(ops, h, memory);
    Var both = combine.apply(ops, ops.concat(context.out(), h));
    Var features = ops.dropout(ops.activate(Activation.TANH, both), settings.dropout());
    DecoderState after =
        new DecoderState(last, settings.feeding() == InputFeeding.ON ? features : null);
    return new Decoded(features, List.of(context.weights()), after);
  }

  /** Rows are not cut at their lengths: what lies beyond is nobody's input and has no loss. */
  private Decoded stepwise(Ops ops, Var inputs, AttentionMemory memory, DecoderState start) {
    List<Decoded> done = new ArrayList<>();
    DecoderState state = start;
    for (Var input : ops.steps(inputs)) {
      Decoded one = step(ops, input, memory, state);
      done.add(one);
      state = one.last();
    }
    return join(ops, done);
  }

  /** Steps that were computed one by one as one stretch. */
  public static Decoded join(Ops ops, List<Decoded> steps) {
    return new Decoded(
        ops.stack(steps.stream().map(Decoded::features).toList()),
        steps.stream().flatMap(d -> d.weights().stream()).toList(),
        steps.get(steps.size() - 1).last());
  }
}
