package dev.carousel.reference;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.RnnBackward;
import org.jspecify.annotations.Nullable;

/**
 * One backward call, from the last layer to the first. Within a layer come first the lanes, then
 * the gradients of its inputs, which join two directions, and of its weights, which join all rows.
 */
final class BackwardPass {
  private final ReferencePlan plan;
  private final RnnSpec spec;
  private final RnnFrame frame;
  private final PackedRnnWeights weights;
  private final RnnBackward io;
  private final RnnStates last;
  private final RnnStates initial;

  BackwardPass(ReferencePlan plan, RnnFrame frame, RnnBackward io) {
    this.plan = plan;
    this.spec = plan.spec();
    this.frame = frame;
    this.weights = PackedRnnWeights.of(io.forward().weights());
    this.io = io;
    this.last = RnnStates.of(io.dLast());
    this.initial = RnnStates.of(io.dInitial());
  }

  void run(Workers workers) {
    frame.bind(io.forward());
    Reals dy = Reals.of("dy", io.dy());
    for (int l = spec.layers() - 1; l >= 0; l--) {
      frame.enter(l);
      runLayer(workers, l, dy);
      dy = frame.outputGradients();
    }
  }

  private void runLayer(Workers workers, int layer, Reals dy) {
    double operations = plan.operations(layer);
    Reals dx = inputGradients(layer);
    Reals x = inputs(layer);
    workers.run(frame.lanes(), operations, i -> run(layer, frame.lane(i), dy, x, dx != null));
    if (dx != null) {
      workers.run(
          RowGroups.count(plan.batch()),
          operations / spec.gateRows(),
          g -> joinInputGradients(g, spec.layerInput(layer), dx));
    }
    if (io.dWeights() != null) {
      Reals sums = Reals.of("dWeights", io.dWeights());
      WeightTask[] tasks = frame.weightTasks();
      workers.run(tasks.length, operations, i -> tasks[i].run(plan.gemm(), frame, layer, sums));
    }
  }

  private Reals inputs(int layer) {
    return layer == 0 ? Reals.of("x", io.forward().x().values()) : frame.outputs(layer - 1);
  }

  private @Nullable Reals inputGradients(int layer) {
    if (layer > 0) {
      return frame.outputGradients();
    }
    return io.dx() == null ? null : Reals.of("dx", io.dx());
  }

  private void run(int layer, Lane lane, Reals dy, Reals x, boolean wantsInputs) {
    int direction = lane.direction();
    int index = layer * spec.direction().count() + direction;
    LaneWeights w = weights.lane(layer, direction);
    LaneState s = frame.state(direction);
    LaneGradient g = frame.gradient(direction);
    lane.readRows(last.h(), index, g.dh(), lane.first());
    lane.readRows(last.c(), index, g.dc(), lane.first());
    for (int t = lane.steps() - 1; t >= 0; t--) {
      lane.moveTo(t);
      lane.stepState().place(s, lane, spec.hiddenSize());
      lane.stepGradient().place(g, lane, spec.hiddenSize());
      addOutputGradients(lane, t, dy, lane.stepGradient().dh());
      plan.cell().backward(w, lane.stepState(), lane.stepGradient());
    }
    for (int r = 0; r < lane.rows(); r++) {
      lane.writeRow(r, g.dh(), lane.first() + r, initial.h(), index);
      lane.writeRow(r, g.dc(), lane.first() + r, initial.c(), index);
    }
    if (wantsInputs) {
      Matrix dx = lane.inputs(g.dInputs());
      dx.fill(0);
      plan.gemm().add(lane.gates(g.dGates()), w.input, dx);
    }
    if (io.dWeights() != null) {
      lane.gather(x, frame.inputs(direction));
      lane.gatherPrevious(s.h(), g.previous());
    }
  }

  private void addOutputGradients(Lane lane, int t, Reals dy, Matrix dh) {
    for (int r = 0; r < lane.count(); r++) {
      int at = lane.position(r, t) * spec.outputSize() + lane.direction() * spec.stateSize();
      int to = dh.row(r);
      for (int j = 0; j < dh.cols(); j++) {
        dh.array()[to + j] += dy.get(at + j);
      }
    }
  }

  /** Adds the two directions up in double, then writes them once. */
  private void joinInputGradients(int group, int in, Reals dx) {
    Lane forward = frame.lane(group, 0);
    Matrix sum = frame.gradient(0).dInputs();
    for (int r = 0; r < forward.rows(); r++) {
      int length = forward.length(r);
      for (int t = 0; t < plan.steps(); t++) {
        int to = (t * plan.batch() + forward.batchRow(r)) * in;
        if (t >= length) {
          dx.fill(to, in, 0);
          continue;
        }
        int at = sum.row(forward.tokenAt(r, t));
        if (spec.direction().count() == 2) {
          Matrix other = frame.gradient(1).dInputs();
          addRow(other, other.row(forward.tokenAt(r, length - 1 - t)), sum, at);
        }
        dx.write(to, sum.array(), at, in);
      }
    }
  }

  private static void addRow(Matrix from, int at, Matrix to, int row) {
    for (int j = 0; j < to.cols(); j++) {
      to.array()[row + j] += from.array()[at + j];
    }
  }
}
