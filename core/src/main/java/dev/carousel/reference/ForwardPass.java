package dev.carousel.reference;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.RnnForward;

/** One forward call: layer by layer, the lanes of a layer shared out among the threads. */
final class ForwardPass {
  private final ReferencePlan plan;
  private final RnnSpec spec;
  private final RnnFrame frame;
  private final PackedRnnWeights weights;
  private final RnnForward io;
  private final RnnStates initial;
  private final RnnStates last;

  ForwardPass(ReferencePlan plan, RnnFrame frame, RnnForward io) {
    this.plan = plan;
    this.spec = plan.spec();
    this.frame = frame;
    this.weights = PackedRnnWeights.of(io.weights());
    this.io = io;
    this.initial = RnnStates.of(io.initial());
    this.last = RnnStates.of(io.last());
  }

  void run(Workers workers) {
    frame.bind(io);
    Reals input = Reals.of("x", io.x().values());
    for (int l = 0; l < spec.layers(); l++) {
      int layer = l;
      Reals from = input;
      Reals to = l == spec.layers() - 1 ? Reals.of("y", io.y()) : frame.outputs(l);
      frame.enter(l);
      workers.run(frame.lanes(), plan.operations(l), i -> run(layer, frame.lane(i), from, to));
      input = to;
    }
  }

  private void run(int layer, Lane lane, Reals from, Reals to) {
    int direction = lane.direction();
    int index = layer * spec.direction().count() + direction;
    LaneWeights w = weights.lane(layer, direction);
    LaneState s = frame.state(direction);
    lane.gather(from, frame.inputs(direction));
    Matrix x = lane.inputs(frame.inputs(direction));
    Matrix gates = lane.gates(s.gates());
    gates.fillRows(w.bias, 0);
    plan.gemm().add(x, w.inputTransposed, gates);
    lane.readRows(initial.h(), index, s.h(), lane.initial());
    lane.readRows(initial.c(), index, s.c(), lane.initial());
    for (int t = 0; t < lane.steps(); t++) {
      lane.moveTo(t);
      lane.stepState().place(s, lane, spec.hiddenSize());
      plan.cell().forward(w, lane.stepState());
      writeOutputs(lane, t, s.h(), to);
    }
    clearPadding(lane, to);
    for (int r = 0; r < lane.rows(); r++) {
      lane.writeRow(r, s.h(), lane.last(r), last.h(), index);
      lane.writeRow(r, s.c(), lane.last(r), last.c(), index);
    }
  }

  private void writeOutputs(Lane lane, int t, Matrix h, Reals to) {
    for (int r = 0; r < lane.count(); r++) {
      int at = lane.position(r, t) * spec.outputSize() + lane.direction() * spec.stateSize();
      to.write(at, h.array(), h.row(lane.state() + r), spec.stateSize());
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
}
