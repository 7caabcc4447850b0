package dev.carousel.reference;

import dev.carousel.reference.CellMath.Step;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.RnnState;
import dev.carousel.spi.RnnBackward;
import org.jspecify.annotations.Nullable;

/**
 * One backward call, from the last layer to the first. Within a layer come first the lanes, then
 * the gradients of its inputs, which join two directions, and of its weights, which join all rows.
 */
final class BackwardPass {
  private final ReferencePlan plan;
  private final RnnSpec spec;
  private final RnnBackward io;
  private final PackedRnnWeights weights;
  private final RnnSpace space;
  private final RnnSpace.Arrays arrays;
  private final RowGroups groups;

  BackwardPass(ReferencePlan plan, RnnBackward io) {
    this.plan = plan;
    this.spec = plan.spec();
    this.io = io;
    this.weights = PackedRnnWeights.of(io.forward().weights());
    this.space = plan.space();
    this.arrays = plan.arrays(io.forward());
    this.groups = space.groups(arrays);
  }

  void run(Workers workers) {
    groups.sort(io.forward().x().lengths());
    Reals dy = Reals.of("dy", io.dy());
    for (int l = spec.layers() - 1; l >= 0; l--) {
      runLayer(workers, l, dy);
      dy = space.outputGradients(arrays);
    }
  }

  private void runLayer(Workers workers, int layer, Reals dy) {
    int lanes = spec.direction().count();
    int count = RowGroups.count(plan.batch());
    Reals dx = inputGradients(layer);
    workers.run(
        count * lanes,
        plan.operations(layer),
        i -> run(layer, new Lane(groups, i / lanes, i % lanes, plan.batch()), dy, dx != null));
    if (dx != null) {
      workers.run(
          count,
          (double) plan.steps() * plan.batch() * spec.layerInput(layer),
          g -> joinInputGradients(layer, g, dx));
    }
    if (io.dWeights() != null) {
      Reals sum = Reals.of("dWeights", io.dWeights());
      new WeightGradient(plan, arrays, layer, groups.tokens(), sum).run(workers);
    }
  }

  private @Nullable Reals inputGradients(int layer) {
    if (layer > 0) {
      return space.outputGradients(arrays);
    }
    return io.dx() == null ? null : Reals.of("dx", io.dx());
  }

  private void run(int layer, Lane lane, Reals dy, boolean wantsInputs) {
    LaneWeights w = weights.lane(layer, lane.direction());
    LaneState s = plan.state(arrays, layer, lane);
    LaneGradient g =
        space
            .gradient(arrays, lane.direction())
            .part(lane.first(), lane.rows(), lane.firstToken(), lane.tokens());
    lane.readRows(hidden(io.dLast(), layer, lane), g.dh());
    lane.readRows(cell(io.dLast(), layer, lane), g.dc());
    for (int t = lane.steps() - 1; t >= 0; t--) {
      Step step = lane.step(t);
      addOutputGradients(lane, t, step, dy, g.dh());
      plan.cell().backward(w, s, g, step);
    }
    for (int r = 0; r < lane.rows(); r++) {
      lane.writeRow(r, g.dh(), r, hidden(io.dInitial(), layer, lane));
      lane.writeRow(r, g.dc(), r, cell(io.dInitial(), layer, lane));
    }
    if (wantsInputs) {
      Matrix dx = inputGradients(layer, lane);
      dx.fill(0);
      plan.gemm().add(g.dGates(), w.input, dx);
    }
    if (io.dWeights() != null) {
      gatherOperands(layer, lane, s);
    }
  }

  private Matrix inputGradients(int layer, Lane lane) {
    return space
        .inputGradients(arrays, layer, lane.direction())
        .rows(lane.firstToken(), lane.tokens());
  }

  private void addOutputGradients(Lane lane, int t, Step step, Reals dy, Matrix dh) {
    for (int r = 0; r < step.count(); r++) {
      int at = lane.position(r, t) * spec.outputSize() + lane.direction() * spec.stateSize();
      int to = dh.row(r);
      for (int j = 0; j < dh.cols(); j++) {
        dh.array()[to + j] += dy.get(at + j);
      }
    }
  }

  /** Puts what the gradients of the weights are multiplied with into the order of the tokens. */
  private void gatherOperands(int layer, Lane lane, LaneState s) {
    Reals x =
        layer == 0 ? Reals.of("x", io.forward().x().values()) : space.outputs(arrays, layer - 1);
    int from = lane.firstToken();
    int tokens = lane.tokens();
    lane.gather(x, space.inputs(arrays, layer, lane.direction()).rows(from, tokens));
    lane.gatherPrevious(s.h(), space.previous(arrays, lane.direction()).rows(from, tokens));
  }

  /** Adds the two directions up in double, then writes them once. */
  private void joinInputGradients(int layer, int group, Reals dx) {
    Lane forward = new Lane(groups, group, 0, plan.batch());
    Lane backward = new Lane(groups, group, 1, plan.batch());
    Matrix sum = inputGradients(layer, forward);
    int in = sum.cols();
    for (int r = 0; r < forward.rows(); r++) {
      int length = forward.length(r);
      for (int t = 0; t < plan.steps(); t++) {
        int to = (t * plan.batch() + forward.batchRow(r)) * in;
        if (t >= length) {
          dx.fill(to, in, 0);
          continue;
        }
        int at = sum.row(forward.tokensBefore(t) + r);
        if (spec.direction().count() == 2) {
          Matrix other = inputGradients(layer, backward);
          int from = other.row(backward.tokensBefore(length - 1 - t) + r);
          for (int j = 0; j < in; j++) {
            sum.array()[at + j] += other.array()[from + j];
          }
        }
        dx.write(to, sum.array(), at, in);
      }
    }
  }

  private State hidden(@Nullable RnnState state, int layer, Lane lane) {
    return State.of("dh", state == null ? null : state.h(), index(layer, lane), plan.batch());
  }

  private State cell(@Nullable RnnState state, int layer, Lane lane) {
    return State.of("dc", state == null ? null : state.c(), index(layer, lane), plan.batch());
  }

  private int index(int layer, Lane lane) {
    return layer * spec.direction().count() + lane.direction();
  }
}
