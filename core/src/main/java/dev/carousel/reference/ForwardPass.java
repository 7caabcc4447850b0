package dev.carousel.reference;

import dev.carousel.reference.CellMath.Step;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.RnnState;
import dev.carousel.spi.RnnForward;
import org.jspecify.annotations.Nullable;

/** One forward call: layer by layer, the lanes of a layer shared out among the threads. */
final class ForwardPass {
  private final ReferencePlan plan;
  private final RnnSpec spec;
  private final RnnForward io;
  private final PackedRnnWeights weights;
  private final RnnSpace.Arrays arrays;
  private final RowGroups groups;

  ForwardPass(ReferencePlan plan, RnnForward io) {
    this.plan = plan;
    this.spec = plan.spec();
    this.io = io;
    this.weights = PackedRnnWeights.of(io.weights());
    this.arrays = plan.arrays(io);
    this.groups = plan.space().groups(arrays);
  }

  void run(Workers workers) {
    groups.sort(io.x().lengths());
    int lanes = spec.direction().count();
    Reals input = Reals.of("x", io.x().values());
    for (int l = 0; l < spec.layers(); l++) {
      int layer = l;
      boolean last = l == spec.layers() - 1;
      Reals from = input;
      Reals to = last ? Reals.of("y", io.y()) : plan.space().outputs(arrays, l);
      workers.run(
          RowGroups.count(plan.batch()) * lanes,
          plan.operations(l),
          i -> run(layer, new Lane(groups, i / lanes, i % lanes, plan.batch()), from, to));
      input = to;
    }
  }

  private void run(int layer, Lane lane, Reals from, Reals to) {
    LaneWeights w = weights.lane(layer, lane.direction());
    LaneState s = plan.state(arrays, layer, lane);
    Matrix x =
        plan.space().inputs(arrays, layer, lane.direction()).rows(lane.firstToken(), lane.tokens());
    lane.gather(from, x);
    s.gates().fillRows(w.bias, 0);
    plan.gemm().add(x, w.inputTransposed, s.gates());
    lane.readRows(hidden(io.initial(), layer, lane), s.h());
    lane.readRows(cell(io.initial(), layer, lane), s.c());
    for (int t = 0; t < lane.steps(); t++) {
      Step step = lane.step(t);
      plan.cell().forward(w, s, step);
      writeOutputs(lane, t, step, s.h(), to);
    }
    clearPadding(lane, to);
    writeLast(layer, lane, s);
  }

  private void writeOutputs(Lane lane, int t, Step step, Matrix h, Reals to) {
    for (int r = 0; r < step.count(); r++) {
      int at = lane.position(r, t) * spec.outputSize() + lane.direction() * spec.stateSize();
      to.write(at, h.array(), h.row(step.state() + r), spec.stateSize());
    }
  }

  private void clearPadding(Lane lane, Reals to) {
    for (int r = 0; r < lane.rows(); r++) {
      for (int time = lane.length(r); time < plan.steps(); time++) {
        int position = time * plan.batch() + lane.batchRow(r);
        int at = position * spec.outputSize() + lane.direction() * spec.stateSize();
        to.fill(at, spec.stateSize(), 0);
      }
    }
  }

  private void writeLast(int layer, Lane lane, LaneState s) {
    for (int r = 0; r < lane.rows(); r++) {
      int length = lane.length(r);
      int row = length == 0 ? r : lane.step(length - 1).state() + r;
      lane.writeRow(r, s.h(), row, hidden(io.last(), layer, lane));
      lane.writeRow(r, s.c(), row, cell(io.last(), layer, lane));
    }
  }

  private State hidden(@Nullable RnnState state, int layer, Lane lane) {
    return State.of("h", state == null ? null : state.h(), index(layer, lane), plan.batch());
  }

  private State cell(@Nullable RnnState state, int layer, Lane lane) {
    return State.of("c", state == null ? null : state.c(), index(layer, lane), plan.batch());
  }

  private int index(int layer, Lane lane) {
    return layer * spec.direction().count() + lane.direction();
  }
}
