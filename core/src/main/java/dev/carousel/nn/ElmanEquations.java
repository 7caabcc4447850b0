package dev.carousel.nn;

import dev.carousel.autograd.Observer.Step;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.StateVar;
import dev.carousel.rnn.Cell;
import dev.carousel.spi.Activation;
import java.util.List;

/** {@code h' = f(W x + b + U h + b')}. */
record ElmanEquations(Cell cell) implements CellEquations {
  @Override
  public Begun begin(Ops ops, int rows) {
    Activation f = cell == Cell.RNN_RELU ? Activation.RELU : Activation.TANH;
    return (x, u, before) ->
        new Step(List.of(), new StateVar(ops.activate(f, ops.add(x, u)), null));
  }
}
