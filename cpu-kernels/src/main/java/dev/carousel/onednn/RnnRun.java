package dev.carousel.onednn;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.RnnState;
import dev.carousel.spi.RnnBackward;
import dev.carousel.spi.RnnForward;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What one thread needs to run a plan: a stream, the calls with their bindings, a little scratch on
 * the heap. A plan keeps as many as have ever run at once.
 */
final class RnnRun implements AutoCloseable {
  private final RnnSpec spec;
  private final int directions;
  private final CellRun[] cells;
  private final GradientRegions gradients;
  private final StepRows rows;
  private final StateCopies states;
  private final Stream stream;
  private final RunBinding binding = new RunBinding();

  /**
   * @param cells in the order of the states, layer · D + direction; taken over
   */
  RnnRun(Engine engine, RnnSpec spec, int steps, int batch, CellRun[] cells, GradientRegions g) {
    this.spec = spec;
    this.directions = spec.direction().count();
    this.cells = cells;
    this.gradients = g;
    int widest = 2 * Math.max(spec.hiddenSize(), spec.stateSize());
    for (CellRun c : cells) {
      widest = Math.max(widest, c.kernels().shape().columns());
    }
    rows = new StepRows(steps, batch, widest);
    states = new StateCopies(rows, batch);
    stream = new Stream(engine);
  }

  /**
   * Runs the network.
   *
   * @param kept the reserve, or the work space in inference
   */
  void forward(RnnForward io, PackedRnnWeights weights, Tensor kept) {
    bindForward(weights, kept, io.work());
    rows.read(io.x().lengths());
    for (int l = 0; l < spec.layers(); l++) {
      for (int d = 0; d < directions; d++) {
        fillInput(io.x().values(), l, d);
        fillInitial(io.initial(), l, d);
        cell(l, d).forward(stream);
      }
    }
    int s = spec.stateSize();
    for (int d = 0; d < directions; d++) {
      rows.copyOut(output(spec.layers() - 1, d), io.y(), d * s, s);
    }
    if (io.last() != null) {
      copyLast(io.initial(), io.last());
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
    rows.read(io.forward().x().lengths());
    for (int l = spec.layers() - 1; l >= 0; l--) {
      for (int d = 0; d < directions; d++) {
        fillOutputGradient(io, l, d);
        fillLastGradient(io.dLast(), l, d);
        cell(l, d).backward(stream, binding.work());
        takeStateGradient(io, l, d);
        if (io.dWeights() != null) {
          addWeightGradients(weights, io.dWeights(), l, d);
        }
      }
    }
    if (io.dx() != null) {
      rows.copyOut(inputGradient(0, 0), io.dx(), 0, spec.inputSize());
      if (directions == 2) {
        rows.addOut(inputGradient(0, 1), io.dx());
      }
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
            gradients.output(layer));
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
    long at = gradients.output(layer);
    return block(binding.work(), NativeType.F32, at, pitch, direction);
  }

  /** What flows into a layer from above and, at each row's last step, from the last state. */
  private void fillOutputGradient(RnnBackward io, int layer, int direction) {
    StepRows.Block dy = outputGradient(layer, direction);
    int s = spec.stateSize();
    if (layer == spec.layers() - 1) {
      rows.copyIn(io.dy(), direction * s, s, dy);
    } else if (directions == 2) {
      StepRows.Block forward = inputGradient(layer + 1, 0);
      rows.sum(forward, inputGradient(layer + 1, 1), direction * s, s, dy);
    }
    if (io.dLast() != null) {
      states.addAtLastStep(io.dLast().h(), layer * directions + direction, s, dy);
    }
  }

  private void fillLastGradient(@Nullable RnnState dLast, int layer, int direction) {
    int index = layer * directions + direction;
    CellRun c = cells[index];
    Space work = binding.work();
    work.zero(c.scratch().dLastH, c.kernels().layouts().dh.bytes());
    if (spec.cell().hasCellState()) {
      int h = spec.hiddenSize();
      states.put(c(dLast), index, h, work, NativeType.F32, c.scratch().dLastC);
    }
  }

  private void takeStateGradient(RnnBackward io, int layer, int direction) {
    RnnState to = io.dInitial();
    if (to == null) {
      return;
    }
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
    cells[index].addWeightGradients(
        stream, weights.cell(index), binding.work(), flat, to.heapOffset(), rows.row());
  }

  @Override
  public void close() {
    for (CellRun c : cells) {
      c.close();
    }
    stream.close();
  }
}
