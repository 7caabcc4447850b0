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
 * Forward recurrent layers that carry their state from window to window: language models, decoders.
 * Layers of one width without dropout between them are one kernel call, others a call a layer, and
 * those of a {@link CellVariant} are unrolled. Parameters are {@code name.weight_ih_l0} and so on,
 * whatever the calls, as PyTorch names them.
 */
public final class RecurrentStack {
  private final StackSettings settings;
  private final List<RecurrentPart> parts = new ArrayList<>();

  /** Declares the weights, in the set's precision. */
  public RecurrentStack(ParameterSet.Builder set, String name, StackSettings settings) {
    this.settings = settings;
    int layers = settings.widths().size();
    if (settings.fused()) {
      declare(set, name, settings.layer(0).withLayers(layers), 0);
    } else {
      for (int l = 0; l < layers; l++) {
        declare(set, name, settings.layer(l), l);
      }
    }
  }

  private void declare(ParameterSet.Builder set, String name, RnnSpec spec, int firstLayer) {
    RnnSpec precise = spec.withPrecision(set.precision());
    parts.add(
        settings.variant().plain()
            ? new FusedPart(
                set.declareRnn(name, precise, firstLayer, settings.init()), settings.weightDrop())
            : new UnrolledLayer(
                set,
                name,
                precise,
                firstLayer,
                new UnrolledLayer.Settings(settings.variant(), settings.init())));
  }

  /** The networks of its kernel calls, each of which has a state. */
  public List<RnnSpec> parts() {
    return parts.stream().map(RecurrentPart::spec).toList();
  }

  /** Features of the output. */
  public int outputSize() {
    return settings.widths().get(settings.widths().size() - 1);
  }

  /**
   * x [T, N, C] to [T, N, {@link #outputSize}].
   *
   * @param initial one state for each of {@link #parts}, or null for zeros
   * @param last receives the state of each part after each row's last step, in order
   */
  public Var apply(
      Ops ops, Var x, Lengths lengths, @Nullable List<StateVar> initial, List<StateVar> last) {
    Var y = x;
    for (int i = 0; i < parts.size(); i++) {
      Recurrence r =
          parts
              .get(i)
              .applyWithState(
                  ops,
                  i == 0 ? y : settings.between().apply(ops, y),
                  lengths,
                  initial == null ? null : initial.get(i));
      last.add(r.last());
      y = r.y();
    }
    return y;
  }
}
