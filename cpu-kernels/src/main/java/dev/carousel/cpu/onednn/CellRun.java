package dev.carousel.cpu.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import dev.carousel.rnn.Cell;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls of one direction of one layer, with the places where their operands lie. */
final class CellRun implements AutoCloseable {
  private final LayerKernels kernels;
  private final int cell;
  private final KeptRegions kept;
  private final ScratchRegions scratch;
  private final boolean lstm;
  private final Call forward;
  private final @Nullable Call backward;
  private final List<Unpacking> unpackings = new ArrayList<>();

  /** The copy of one matrix's gradient to plain order. */
  private record Unpacking(LayerKernels.MatrixUse matrix, Call copy) {}

  /**
   * @param cell layer · D + direction
   */
  CellRun(Engine engine, LayerKernels kernels, int cell, KeptRegions kept, ScratchRegions scratch) {
    this.kernels = kernels;
    this.cell = cell;
    this.kept = kept;
    this.scratch = scratch;
    lstm = kernels.shape().cell() == Cell.LSTM;
    forward = new Call(engine, kernels.forward(), forwardArguments());
    backward = kernels.trains() ? backward(engine) : null;
  }

  private Call backward(Engine engine) {
    for (LayerKernels.MatrixUse m : kernels.matrices()) {
      if (m.gradient() != null) {
        Kernel copy = m.gradient().unpack();
        unpackings.add(
            new Unpacking(m, new Call(engine, copy, List.of(DNNL_ARG_FROM, DNNL_ARG_TO))));
      }
    }
    return new Call(engine, kernels.backward(), backwardArguments());
  }

  private List<Integer> forwardArguments() {
    List<Integer> a = new ArrayList<>();
    a.addAll(
        List.of(
            DNNL_ARG_SRC_LAYER,
            DNNL_ARG_SRC_ITER,
            DNNL_ARG_BIAS,
            DNNL_ARG_DST_LAYER,
            DNNL_ARG_DST_ITER,
            DNNL_ARG_SCRATCHPAD));
    if (lstm) {
      a.addAll(List.of(DNNL_ARG_SRC_ITER_C, DNNL_ARG_DST_ITER_C));
    }
    for (LayerKernels.MatrixUse m : kernels.matrices()) {
      a.add(LayerKernels.weightArgument(m.role()));
    }
    if (kernels.trains()) {
      a.add(DNNL_ARG_WORKSPACE);
    }
    return a;
  }

  private List<Integer> backwardArguments() {
    List<Integer> a = forwardArguments();
    a.addAll(
        List.of(
            DNNL_ARG_DIFF_SRC_LAYER,
            DNNL_ARG_DIFF_SRC_ITER,
            DNNL_ARG_DIFF_BIAS,
            DNNL_ARG_DIFF_DST_LAYER,
            DNNL_ARG_DIFF_DST_ITER));
    if (lstm) {
      a.addAll(List.of(DNNL_ARG_DIFF_SRC_ITER_C, DNNL_ARG_DIFF_DST_ITER_C));
    }
    for (LayerKernels.MatrixUse m : kernels.matrices()) {
      a.add(LayerKernels.gradientArgument(m.role()));
    }
    return a;
  }

  LayerKernels kernels() {
    return kernels;
  }

  KeptRegions kept() {
    return kept;
  }

  ScratchRegions scratch() {
    return scratch;
  }

  /** Points forward at its operands. */
  void bindForward(PackedRnnWeights weights, Space keptSpace, Space work) {
    bindCommon(forward, weights, keptSpace, work);
    for (LayerKernels.MatrixUse m : kernels.matrices()) {
      forward.bind(LayerKernels.weightArgument(m.role()), weights.matrix(m.forward(), cell));
    }
  }

  private void bindCommon(Call call, PackedRnnWeights weights, Space space, Space work) {
    call.bind(DNNL_ARG_SRC_LAYER, space.at(kept.x()));
    call.bind(DNNL_ARG_SRC_ITER, space.at(kept.h()));
    call.bind(DNNL_ARG_BIAS, weights.biases(cell));
    call.bind(DNNL_ARG_DST_LAYER, space.at(kept.y()));
    call.bind(DNNL_ARG_DST_ITER, space.at(kept.lastH()));
    call.bind(DNNL_ARG_SCRATCHPAD, work.at(scratch.scratchpad));
    if (lstm) {
      call.bind(DNNL_ARG_SRC_ITER_C, space.at(kept.c()));
      call.bind(DNNL_ARG_DST_ITER_C, space.at(kept.lastC()));
    }
    if (kernels.trains()) {
      call.bind(DNNL_ARG_WORKSPACE, space.at(kept.workspace()));
    }
  }

  /**
   * Points backward at its operands.
   *
   * @param dx where it writes the gradient of its input
   * @param dy where it reads that of its output
   */
  void bindBackward(PackedRnnWeights weights, Space keptSpace, Space work, long dx, long dy) {
    Call call = backwardCall();
    bindCommon(call, weights, keptSpace, work);
    call.bind(DNNL_ARG_DIFF_SRC_LAYER, work.at(dx));
    call.bind(DNNL_ARG_DIFF_DST_LAYER, work.at(dy));
    call.bind(DNNL_ARG_DIFF_SRC_ITER, work.at(scratch.dh));
    call.bind(DNNL_ARG_DIFF_DST_ITER, work.at(scratch.dLastH));
    call.bind(DNNL_ARG_DIFF_BIAS, work.at(scratch.dBias));
    if (lstm) {
      call.bind(DNNL_ARG_DIFF_SRC_ITER_C, work.at(scratch.dc));
      call.bind(DNNL_ARG_DIFF_DST_ITER_C, work.at(scratch.dLastC));
    }
    for (Unpacking u : unpackings) {
      LayerKernels.MatrixUse m = u.matrix();
      LayerKernels.GradientUse gradient = m.gradient();
      if (gradient != null) {
        long at = scratch.gradient(m.role());
        call.bind(LayerKernels.weightArgument(m.role()), weights.matrix(gradient.backward(), cell));
        call.bind(LayerKernels.gradientArgument(m.role()), work.at(at));
        u.copy().bind(DNNL_ARG_FROM, work.at(at));
        u.copy().bind(DNNL_ARG_TO, work.at(scratch.plain));
      }
    }
  }

  private Call backwardCall() {
    if (backward == null) {
      throw new IllegalStateException("backward needs a plan made for TRAINING");
    }
    return backward;
  }

  void forward(Stream stream) {
    forward.run(stream.handle());
  }

  /** Runs backward; the gradients of states and output must be in place. */
  void backward(Stream stream, Space work) {
    work.zero(scratch.dBias, kernels.layouts().bias.bytes());
    if (!CellKernels.overwritesWeightGradients(kernels.shape())) {
      for (Unpacking u : unpackings) {
        LayerKernels.GradientUse gradient = u.matrix().gradient();
        if (gradient != null) {
          work.zero(scratch.gradient(u.matrix().role()), gradient.layout().bytes());
        }
      }
    }
    backwardCall().run(stream.handle());
  }

  /** Adds the gradients of the weights, which backward has left, to a flat buffer. */
  void addWeightGradients(
      Stream stream, CellWeights weights, Space work, float[] flat, int at, RowScratch row) {
    Elements floats = work.elements(NativeType.F32);
    int plain = work.index(scratch.plain, NativeType.F32);
    for (Unpacking u : unpackings) {
      u.copy().run(stream.handle());
      weights.addGradient(u.matrix().role(), floats, plain, flat, at, row);
    }
    int bias = work.index(scratch.dBias, NativeType.F32);
    weights.addBiasGradients(floats, bias, flat, at, row);
  }

  @Override
  public void close() {
    forward.close();
    if (backward != null) {
      backward.close();
    }
    unpackings.forEach(u -> u.copy().close());
  }
}
