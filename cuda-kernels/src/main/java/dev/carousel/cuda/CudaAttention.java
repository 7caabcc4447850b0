package dev.carousel.cuda;

import dev.carousel.rnn.Lengths;
import dev.carousel.spi.AttentionBackward;
import dev.carousel.spi.AttentionForward;
import dev.carousel.spi.AttentionKernels;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;

/** Dot-product attention on the device. Letters as in {@link AttentionKernels}. */
record CudaAttention(Gpu gpu) implements AttentionKernels {
  @Override
  public void forward(AttentionForward io) {
    requireFits(io);
    try (Gpu.Turn turn = gpu.turn()) {
      Launch launch =
          turn.kernel(Kernel.ATTENTION)
              .at(io.q())
              .at(io.k())
              .at(io.v())
              .at(Ragged.device(io.keys()))
              .real((float) io.scale())
              .at(io.weights())
              .at(io.out());
      sizes(launch, io).blocks(queries(io));
    }
  }

  @Override
  public void backward(AttentionBackward io) {
    AttentionForward f = io.forward();
    requireFits(f);
    requireGradients(io);
    try (Gpu.Turn turn = gpu.turn()) {
      long dScores = gpu.scratch(f.weights().size() * 4);
      scores(turn, io, dScores);
      keys(turn, io, dScores);
    }
  }

  private static void scores(Gpu.Turn turn, AttentionBackward io, long dScores) {
    AttentionForward f = io.forward();
    Launch launch =
        turn.kernel(Kernel.ATTENTION_SCORES_BACKWARD)
            .at(f.k())
            .at(f.v())
            .at(Ragged.device(f.keys()))
            .real((float) f.scale())
            .at(f.weights())
            .at(io.dOut())
            .at(dScores)
            .at(io.dq());
    sizes(launch, f).blocks(queries(f));
  }

  private static void keys(Gpu.Turn turn, AttentionBackward io, long dScores) {
    AttentionForward f = io.forward();
    Launch launch =
        turn.kernel(Kernel.ATTENTION_KEYS_BACKWARD)
            .at(f.q())
            .at(Ragged.device(f.keys()))
            .at(f.weights())
            .at(dScores)
            .at(io.dOut())
            .at(io.dk())
            .at(io.dv());
    sizes(launch, f).blocks(keys(f));
  }

  /** Q · N. */
  static long queries(AttentionForward io) {
    return io.q().shape().dim(0) * (long) io.keys().batch();
  }

  /** T · N. */
  static long keys(AttentionForward io) {
    return io.keys().maxSteps() * (long) io.keys().batch();
  }

  /** Hands Q, N, T, K, C to a kernel. */
  static Launch sizes(Launch launch, AttentionForward io) {
    return launch
        .size(io.q().shape().dim(0))
        .size(io.keys().batch())
        .size(io.keys().maxSteps())
        .size(io.q().shape().dim(2))
        .size(io.v().shape().dim(2));
  }

  /** Requires gradients of the shapes of what they belong to. */
  static void requireGradients(AttentionBackward io) {
    AttentionForward f = io.forward();
    Operands.like("dOut", io.dOut(), f.out());
    Operands.like("dq", io.dq(), f.q());
    Operands.like("dk", io.dk(), f.k());
    Operands.like("dv", io.dv(), f.v());
  }

  /** Requires shapes that go together, and results that overlap no input. */
  static void requireFits(AttentionForward io) {
    Shape q = io.q().shape();
    Shape v = io.v().shape();
    if (q.rank() != 3 || v.rank() != 3) {
      throw new IllegalArgumentException(
          "q and v must have shapes [Q, N, K] and [T, N, C], not %s and %s".formatted(q, v));
    }
    Lengths keys = io.keys();
    int steps = keys.maxSteps();
    int batch = keys.batch();
    io.q().require("q", DType.F32, q.dim(0), batch, q.dim(2));
    io.k().require("k", DType.F32, steps, batch, q.dim(2));
    io.v().require("v", DType.F32, steps, batch, v.dim(2));
    io.weights().require("weights", DType.F32, q.dim(0), batch, steps);
    io.out().require("out", DType.F32, q.dim(0), batch, v.dim(2));
    for (Tensor in : new Tensor[] {io.q(), io.k(), io.v()}) {
      Operands.disjoint("an input", in, "weights", io.weights());
      Operands.disjoint("an input", in, "out", io.out());
    }
  }
}
