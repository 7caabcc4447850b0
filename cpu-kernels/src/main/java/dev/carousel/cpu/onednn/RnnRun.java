package dev.carousel.cpu.onednn;

import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.RnnState;
import dev.carousel.spi.RnnBackward;
import dev.carousel.spi.RnnForward;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What one call of a plan needs: the kernels' calls with their bindings, and for each direction a
 * stream and a little scratch on the heap. A plan keeps as many as have ever run at once.
 */
final class RnnRun implements AutoCloseable {
  private final RnnSpec spec;
  private final int directions;
  private final CellRun[] cells;
  private final GradientRegions gradients;
  private final Turns turns;
  private final Engine engine;
  private final Lane[] lanes;
  private final RunBinding binding = new RunBinding();

  /** What a direction needs of its own while the other one runs. */
  private record Lane(StepRows rows, StateCopies states, Stream stream) {}

  /**
   * @param cells in the order of the states, layer · D + direction; taken over
   */
  RnnRun(
      Turns turns,
      Engine engine,
      RnnSpec spec,
      int steps,
      int batch,
      CellRun[] cells,
      GradientRegions g) {
    this.turns = turns;
    this.engine = engine;
    this.spec = spec;
    this.directions = spec.direction().count();
    this.cells = cells;
    this.gradients = g;
    int widest = 2 * Math.max(spec.hiddenSize(), spec.stateSize());
    for (CellRun c : cells) {
      widest = Math.max(widest, c.kernels().shape().columns());
    }
    lanes = new Lane[directions];
    for (int d = 0; d < directions; d++) {
      StepRows rows = new StepRows(steps, batch, widest);
      lanes[d] = new Lane(rows, new StateCopies(rows, batch), new Stream(engine));
    }
  }

  /**
   * Runs the network.
   *
   * @param kept the reserve, or the work space in inference
   */
  void forward(RnnForward io, PackedRnnWeights weights, Tensor kept) {
    bindForward(weights, kept, io.work());
    read(io.x().lengths());
    for (int l = 0; l < spec.layers(); l++) {
      int layer = l;
      turns.run(engine, directions, d -> forward(io, layer, d));
    }
    if (io.last() != null) {
      copyLast(io.initial(), io.last());
    }
  }

  private void read(Lengths lengths) {
    for (Lane lane : lanes) {
      lane.rows.read(lengths);
    }
  }

  private void forward(RnnForward io, int layer, int direction) {
    fillInput(io.x().values(), layer, direction);
    fillInitial(io.initial(), layer, direction);
    cell(layer, direction).forward(lanes[direction].stream);
    if (layer == spec.layers() - 1) {
      int s = spec.stateSize();
      lanes[direction].rows.copyOut(output(layer, direction), io.y(), direction * s, s);
    }
  }

  private void bindForward(PackedRnnWeights weights, Tensor kept, Tensor work) {
    binding.follow(weights, kept, work);
    if (binding.claimForward()) {
      for (CellRun c : cells) {
        c.bindForward(weights, binding.kept(), binding.work());
      }
    }
  }

  private CellRun cell(int layer, int direction) {
    return cells[layer * directions + direction];
  }

  private StepRows.Block input(int layer, int direction) {
    CellRun c = cell(layer, direction);
    LayerShape s = c.kernels().shape();
    return block(binding.kept(), s.type(), c.kept().x(), s.inputPitch(), direction);
  }

  private StepRows.Block output(int layer, int direction) {
    CellRun c = cell(layer, direction);
    LayerShape s = c.kernels().shape();
    return block(binding.kept(), s.type(), c.kept().y(), s.outputPitch(), direction);
  }

  private static StepRows.Block block(
      Space space, NativeType type, long offset, int pitch, int direction) {
    return new StepRows.Block(
        space.elements(type), space.index(offset, type), pitch, direction == 1);
  }

  /** Layers above the first find their input in place unless two directions must be joined. */
  private void fillInput(Tensor x, int layer, int direction) {
    StepRows rows = lanes[direction].rows;
    StepRows.Block in = input(layer, direction);
    if (layer == 0) {
      rows.copyIn(x, 0, spec.inputSize(), in);
    } else if (directions == 2) {
      int s = spec.stateSize();
      rows.move(output(layer - 1, 0), in, 0, s);
      rows.move(output(layer - 1, 1), in, s, s);
    }
    rows.writeExtraColumns(cell(layer, direction).kernels().shape(), in);
  }

  private void fillInitial(@Nullable RnnState initial, int layer, int direction) {
    StateCopies states = lanes[direction].states;
    int index = layer * directions + direction;
    CellRun c = cells[index];
    LayerShape s = c.kernels().shape();
    Space kept = binding.kept();
    states.put(h(initial), index, s.state(), kept, s.type(), c.kept().h());
    if (s.cell().hasCellState()) {
      states.put(c(initial), index, s.hidden(), kept, NativeType.F32, c.kept().c());
    }
  }

  private static @Nullable Tensor h(@Nullable RnnState state) {
    return state == null ? null : state.h();
  }

  private static @Nullable Tensor c(@Nullable RnnState state) {
    return state == null ? null : state.c();
  }

  private void copyLast(@Nullable RnnState initial, RnnState last) {
    for (int i = 0; i < cells.length; i++) {
      CellRun c = cells[i];
      StateCopies states = lanes[i % directions].states;
      int s = spec.stateSize();
      states.getLastStep(output(i / directions, i % directions), last.h(), i, s);
      states.passEmptyRows(h(initial), last.h(), i, s);
      if (last.c() != null) {
        int h = spec.hiddenSize();
        states.get(binding.kept(), c.kept().lastC(), last.c(), i, h);
        states.passEmptyRows(c(initial), last.c(), i, h);
      }
    }
  }

  /**
   * Runs the network backwards.
   *
   * @param kept the reserve
   */
  void backward(RnnBackward io, PackedRnnWeights weights, Tensor kept) {
    bindBackward(weights, kept, io.forward().work());
    read(io.forward().x().lengths());
    for (int l = spec.layers() - 1; l >= 0; l--) {
      int layer = l;
      turns.run(engine, directions, d -> backward(io, weights, layer, d));
    }
    if (io.dx() != null) {
      StepRows rows = lanes[0].rows;
      rows.copyOut(inputGradient(0, 0), io.dx(), 0, spec.inputSize());
      if (directions == 2) {
        rows.addOut(inputGradient(0, 1), io.dx());
      }
    }
  }

  private void backward(RnnBackward io, PackedRnnWeights weights, int layer, int direction) {
    fillOutputGradient(io, layer, direction);
    fillLastGradient(io.dLast(), layer, direction);
    cell(layer, direction).backward(lanes[direction].stream, binding.work());
    takeStateGradient(io, layer, direction);
    if (io.dWeights() != null) {
      addWeightGradients(weights, io.dWeights(), layer, direction);
    }
  }

  private void bindBackward(PackedRnnWeights weights, Tensor kept, Tensor work) {
    binding.follow(weights, kept, work);
    if (binding.claimBackward()) {
      for (int i = 0; i < cells.length; i++) {
        int layer = i / directions;
        cells[i].bindBackward(
            weights,
            binding.kept(),
            binding.work(),
            gradients.input(layer, i % directions),
            gradients.output(layer, i % directions));
      }
    }
  }

  private StepRows.Block inputGradient(int layer, int direction) {
    int pitch = cell(layer, direction).kernels().shape().inputPitch();
    long at = gradients.input(layer, direction);
    return block(binding.work(), NativeType.F32, at, pitch, direction);
  }

  private StepRows.Block outputGradient(int layer, int direction) {
    int pitch = cell(layer, direction).kernels().shape().outputPitch();
    long at = gradients.output(layer, direction);
    return block(binding.work(), NativeType.F32, at, pitch, direction);
  }

  /** What flows into a layer from above and, at each row's last step, from the last state. */
  private void fillOutputGradient(RnnBackward io, int layer, int direction) {
    StepRows rows = lanes[direction].rows;
    StepRows.Block dy = outputGradient(layer, direction);
    int s = spec.stateSize();
    if (layer == spec.layers() - 1) {
      rows.copyIn(io.dy(), direction * s, s, dy);
    } else if (directions == 2) {
      StepRows.Block forward = inputGradient(layer + 1, 0);
      rows.sum(forward, inputGradient(layer + 1, 1), direction * s, s, dy);
    }
    if (io.dLast() != null) {
      lanes[direction].states.addAtLastStep(io.dLast().h(), layer * directions + direction, s, dy);
    }
  }

  private void fillLastGradient(@Nullable RnnState dLast, int layer, int direction) {
    int index = layer * directions + direction;
    CellRun c = cells[index];
    Space work = binding.work();
    work.zero(c.scratch().dLastH, c.kernels().layouts().dh.bytes());
    if (spec.cell().hasCellState()) {
      int h = spec.hiddenSize();
      lanes[direction].states.put(c(dLast), index, h, work, NativeType.F32, c.scratch().dLastC);
    }
  }

  private void takeStateGradient(RnnBackward io, int layer, int direction) {
    RnnState to = io.dInitial();
    if (to == null) {
      return;
    }
    StateCopies states = lanes[direction].states;
    int index = layer * directions + direction;
    ScratchRegions scratch = cells[index].scratch();
    states.get(binding.work(), scratch.dh, to.h(), index, spec.stateSize());
    states.passEmptyRows(h(io.dLast()), to.h(), index, spec.stateSize());
    if (to.c() != null) {
      states.get(binding.work(), scratch.dc, to.c(), index, spec.hiddenSize());
      states.passEmptyRows(c(io.dLast()), to.c(), index, spec.hiddenSize());
    }
  }

  private void addWeightGradients(PackedRnnWeights weights, Tensor to, int layer, int direction) {
    int index = layer * directions + direction;
    float[] flat = to.heap().floats();
    Lane lane = lanes[direction];
    cells[index].addWeightGradients(
        lane.stream,
        weights.cell(index),
        binding.work(),
        flat,
        to.heapOffset(),
        lane.rows.scratch());
  }

  @Override
  public void close() {
    for (CellRun c : cells) {
      c.close();
    }
    for (Lane lane : lanes) {
      lane.stream.close();
    }
  }
}
