package dev.carousel.nn;

import dev.carousel.autograd.Observer.Step;
import dev.carousel.autograd.Ops;
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
   *
   * @return what happened at each step, in the order of the sequence
   */
  List<Step> run(Ops ops, Var x, StateVar initial, StateMasks masks, boolean backwards) {
    List<Var> inputs = ops.steps(weights.ofInput(ops, x));
    CellEquations.Begun cell = equations.begin(ops, x.shape().dim(1));
    StateMasks.Drawn drawn = masks.draw();
    int steps = inputs.size();
    List<Step> done = new ArrayList<>();
    StateVar state = initial;
    for (int k = 0; k < steps; k++) {
      int t = backwards ? steps - 1 - k : k;
      Var seen = drawn.hidden(state.h());
      Step step = cell.step(inputs.get(t), weights.ofHidden(ops, seen), state);
      state = drawn.carried(t, state, step.after());
      done.add(new Step(step.gates(), state));
    }
    if (backwards) {
      Collections.reverse(done);
    }
    return done;
  }
}
