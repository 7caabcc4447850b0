package dev.carousel.nn;

import dev.carousel.autograd.Ops;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Recurrence;
import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Var;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An LSTM, GRU or plain recurrent layer, stacked and bidirectional as its settings say. Without
 * dropout between its layers the stack is one kernel call; with it, one call a layer; with a {@link
 * CellVariant} each layer is unrolled. Parameters are {@code name.weight_ih_l0} and so on, as
 * PyTorch names them.
 */
public final class Recurrent {
  private final RecurrentSettings settings;
  private final List<RecurrentPart> stack;

  /** Declares the weights. */
  public Recurrent(ParameterSet.Builder set, String name, RecurrentSettings settings) {
    this.settings = settings;
    List<RecurrentPart> parts = new ArrayList<>();
    RnnSpec spec = settings.spec();
    if (settings.variant().plain() && settings.dropout() == 0) {
      parts.add(new FusedPart(set.declareRnn(name, spec, 0, settings.init()), 0));
    } else {
      for (int l = 0; l < spec.layers(); l++) {
        parts.add(layer(set, name, l));
      }
    }
    this.stack = List.copyOf(parts);
  }

  private RecurrentPart layer(ParameterSet.Builder set, String name, int l) {
    RnnSpec spec = settings.spec().layer(l);
    return settings.variant().plain()
        ? new FusedPart(set.declareRnn(name, spec, l, settings.init()), 0)
        : new UnrolledLayer(
            set, name, spec, l, new UnrolledLayer.Settings(settings.variant(), settings.init()));
  }

  /** What it is. */
  public RecurrentSettings settings() {
    return settings;
  }

  /** x [T, N, C] from a zero state to [T, N, {@link RecurrentSettings#outputSize}]. */
  public Var apply(Ops ops, Var x, Lengths lengths) {
    Var y = x;
    for (int l = 0; l < stack.size(); l++) {
      y = stack.get(l).apply(ops, l == 0 ? y : ops.dropout(y, settings.dropout()), lengths);
    }
    return merge(ops, y);
  }

  /**
   * The same, carrying the state: language models, streaming, decoders. Not for stacks of several
   * {@link #parts}, whose states are apart: use {@link #applyStack}.
   *
   * @param initial null for zeros
   */
  public Recurrence applyWithState(Ops ops, Var x, Lengths lengths, @Nullable StateVar initial) {
    if (stack.size() > 1) {
      throw new IllegalStateException(
          "this stack is run layer by layer: use applyStack, which has a state a layer");
    }
    Recurrence r = stack.get(0).applyWithState(ops, x, lengths, initial);
    return new Recurrence(merge(ops, r.y()), r.last());
  }

  /**
   * The same for any stack.
   *
   * @param initial one state for each part of the stack ({@link #parts}), or null for zeros
   * @param last receives the state of each part, in order
   */
  public Var applyStack(
      Ops ops, Var x, Lengths lengths, @Nullable List<StateVar> initial, List<StateVar> last) {
    Var y = x;
    for (int l = 0; l < stack.size(); l++) {
      Recurrence r =
          stack
              .get(l)
              .applyWithState(
                  ops,
                  l == 0 ? y : ops.dropout(y, settings.dropout()),
                  lengths,
                  initial == null ? null : initial.get(l));
      last.add(r.last());
      y = r.y();
    }
    return merge(ops, y);
  }

  /**
   * Number of states: 1, or the number of layers where they have dropout between them or a variant
   * within.
   */
  public int parts() {
    return stack.size();
  }

  private Var merge(Ops ops, Var y) {
    if (settings.merge() == Merge.CONCAT) {
      return y;
    }
    int h = settings.spec().stateSize();
    List<Var> halves = ops.split(y, h, h);
    Var forward = halves.get(0);
    Var backward = halves.get(1);
    return switch (settings.merge()) {
      case MULTIPLY -> ops.multiply(forward, backward);
      case AVERAGE -> ops.scale(ops.add(forward, backward), 0.5);
      case SUM, CONCAT -> ops.add(forward, backward);
    };
  }
}
