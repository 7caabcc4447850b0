package dev.carousel.nn;

import dev.carousel.autograd.Ops;
import dev.carousel.autograd.Recurrence;
import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Var;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One direction of an {@link UnrolledLayer}. */
record UnrolledDirection(CellWeights weights, CellEquations equations) {
  /**
   * Runs over x [T, N, C] from a state [1, N, H].
   *
   * <p>A direction that reads backwards begins in the padding, where masks keep its first state.
   */
  Recurrence run(Ops ops, Var x, StateVar initial, StateMasks masks, boolean backwards) {
    List<Var> inputs = ops.steps(weights.ofInput(ops, x));
    CellEquations.Begun cell = equations.begin(ops, x.shape().dim(1));
    StateMasks.Drawn drawn = masks.draw();
    int steps = inputs.size();
    List<Var> outputs = new ArrayList<>(Collections.nCopies(steps, initial.h()));
    StateVar state = initial;
    for (int k = 0; k < steps; k++) {
      int t = backwards ? steps - 1 - k : k;
      Var seen = drawn.hidden(state.h());
      StateVar next = cell.step(inputs.get(t), weights.ofHidden(ops, seen), state);
      state = drawn.carried(t, state, next);
      outputs.set(t, state.h());
    }
    return new Recurrence(masks.realSteps(ops.stack(outputs)), state);
  }
}
