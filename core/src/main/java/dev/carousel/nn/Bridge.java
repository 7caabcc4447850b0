package dev.carousel.nn;

import dev.carousel.autograd.Ops;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Var;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * From the last states of an encoder to the first state of a decoder of as many layers, layer by
 * layer: {@code h = tanh(W [h→; h←] + b)} (Bahdanau et al. 2015, A.2.2, there from h← alone) and
 * for an LSTM {@code c = W' [c→; c←] + b'}.
 */
public final class Bridge {
  private final int directions;
  private final int parts;
  private final List<Linear> ofHidden;
  private final List<Linear> ofCell;

  /** Declares {@code name.h0}, {@code name.c0} and so on, each with weight and bias. */
  public Bridge(ParameterSet.Builder set, String name, Recurrent encoder, Recurrent decoder) {
    RnnSpec from = encoder.settings().spec();
    RnnSpec to = decoder.settings().spec();
    if (from.layers() != to.layers() || from.cell() != to.cell()) {
      throw new IllegalArgumentException(
          "encoder and decoder must have the same cell and layers: " + from + ", " + to);
    }
    if (from.projectionSize() > 0 || to.projectionSize() > 0) {
      throw new IllegalArgumentException("a bridge joins networks without projection");
    }
    directions = from.direction().count();
    parts = decoder.parts();
    ofHidden = layers(set, name + ".h", from, to);
    ofCell = to.cell().hasCellState() ? layers(set, name + ".c", from, to) : List.of();
  }

  private static List<Linear> layers(
      ParameterSet.Builder set, String name, RnnSpec from, RnnSpec to) {
    return IntStream.range(0, to.layers())
        .mapToObj(l -> new Linear(set, name + l, from.outputSize(), to.hiddenSize()))
        .toList();
  }

  /** The decoder's first state, one for each of its parts, from that of each encoder part. */
  public List<StateVar> apply(Ops ops, List<StateVar> last) {
    List<Var> h = bridge(ops, last.stream().map(StateVar::h).toList(), ofHidden);
    h = h.stream().map(x -> ops.activate(Activation.TANH, x)).toList();
    List<Var> c =
        ofCell.isEmpty()
            ? List.of()
            : bridge(ops, last.stream().map(Bridge::cell).toList(), ofCell);
    List<StateVar> first = new ArrayList<>();
    int layers = h.size() / parts;
    for (int p = 0; p < parts; p++) {
      int from = p * layers;
      first.add(
          new StateVar(
              ops.stack(h.subList(from, from + layers)),
              c.isEmpty() ? null : ops.stack(c.subList(from, from + layers))));
    }
    return first;
  }

  private static Var cell(StateVar s) {
    return Objects.requireNonNull(s.c(), "an LSTM has a cell state");
  }

  /** Encoder states [layers of the part · D, N, H], to [1, N, decoder's H] for each layer. */
  private List<Var> bridge(Ops ops, List<Var> states, List<Linear> linear) {
    List<Var> halves = states.stream().flatMap(s -> ops.steps(s).stream()).toList();
    List<Var> out = new ArrayList<>();
    for (int l = 0; l < linear.size(); l++) {
      Var[] layer = halves.subList(l * directions, (l + 1) * directions).toArray(Var[]::new);
      out.add(linear.get(l).apply(ops, directions == 1 ? layer[0] : ops.concat(layer)));
    }
    return out;
  }
}
