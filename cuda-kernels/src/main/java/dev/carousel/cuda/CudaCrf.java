package dev.carousel.cuda;

import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.Sequences;
import dev.carousel.spi.CrfKernels;
import dev.carousel.spi.CrfLoss;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;

/** Linear-chain conditional random fields on the device, a block a row, scores in double. */
record CudaCrf(Gpu gpu) implements CrfKernels {
  /** Where the parts of the scratch begin, in bytes. */
  private record Scratch(long alpha, long beta, long parts, long logZ, long losses, long end) {
    static Scratch of(long base, long steps, long batch, long labels) {
      long alpha = (base + 7) / 8 * 8;
      long beta = alpha + 8 * steps * batch * labels;
      long parts = beta + 16 * batch * labels;
      long logZ = parts + 8 * batch * (labels + 2) * labels;
      long losses = logZ + 8 * batch;
      return new Scratch(alpha, beta, parts, logZ, losses, losses + 8 * batch);
    }
  }

  @Override
  public long workBytes(int steps, int batch, int labels) {
    return Scratch.of(0, steps, batch, labels).end() + 8;
  }

  @Override
  public void loss(CrfLoss io) {
    Tensor e = io.emissions().values();
    Lengths lengths = io.emissions().lengths();
    requireFits(io.emissions(), io.transitions(), io.work());
    io.gold().require("gold", DType.I32, lengths.maxSteps(), lengths.batch());
    io.loss().require("loss", DType.F32, 2);
    Operands.likeIfGiven("dEmissions", io.dEmissions(), e);
    Operands.likeIfGiven("dTransitions", io.dTransitions(), io.transitions());
    try (Gpu.Turn turn = gpu.turn()) {
      Scratch s = scratch(io.work(), e);
      turn.kernel(Kernel.CRF_ROWS)
          .at(Ragged.device(lengths))
          .at(io.loss())
          .size(lengths.maxSteps())
          .size(lengths.batch())
          .start(1, 1);
      forward(turn, io, s);
      if (io.dEmissions() != null || io.dTransitions() != null) {
        backward(turn, io, s);
      }
    }
  }

  private static void forward(Gpu.Turn turn, CrfLoss io, Scratch s) {
    Launch launch =
        turn.kernel(Kernel.CRF_FORWARD)
            .at(io.emissions().values())
            .at(io.transitions())
            .at(Ragged.device(io.emissions().lengths()))
            .at(io.gold())
            .at(s.alpha())
            .at(s.logZ())
            .at(s.losses());
    int batch = io.emissions().lengths().batch();
    sizes(launch, io.emissions()).blocks(batch);
    turn.kernel(Kernel.SUM_PARTS).at(s.losses()).at(io.loss()).size(batch).start(1, 1);
  }

  private static void backward(Gpu.Turn turn, CrfLoss io, Scratch s) {
    Launch launch =
        turn.kernel(Kernel.CRF_BACKWARD)
            .at(io.emissions().values())
            .at(io.transitions())
            .at(Ragged.device(io.emissions().lengths()))
            .at(io.gold())
            .at(s.alpha())
            .at(s.logZ())
            .at(io.loss())
            .twice(io.scale())
            .at(s.beta())
            .at(io.dEmissions())
            .at(io.dTransitions() == null ? 0 : s.parts());
    int batch = io.emissions().lengths().batch();
    sizes(launch, io.emissions()).blocks(batch);
    if (io.dTransitions() != null) {
      turn.kernel(Kernel.CRF_ADD_TRANSITIONS)
          .at(s.parts())
          .at(io.loss())
          .twice(io.scale())
          .at(io.dTransitions())
          .size(batch)
          .size(io.transitions().shape().dim(1))
          .each(io.transitions().size());
    }
  }

  @Override
  public void viterbi(
      Sequences emissions, Tensor transitions, Tensor path, Tensor score, Tensor work) {
    requireFits(emissions, transitions, work);
    Lengths lengths = emissions.lengths();
    path.require("path", DType.I32, lengths.maxSteps(), lengths.batch());
    score.require("score", DType.F32, lengths.batch());
    try (Gpu.Turn turn = gpu.turn()) {
      Scratch s = scratch(work, emissions.values());
      Launch launch =
          turn.kernel(Kernel.VITERBI)
              .at(emissions.values())
              .at(transitions)
              .at(Ragged.device(lengths))
              .at(s.beta())
              .at(s.alpha())
              .at(path)
              .at(score);
      sizes(launch, emissions).blocks(lengths.batch());
    }
  }

  /** T, N, K. */
  private static Launch sizes(Launch launch, Sequences emissions) {
    return launch
        .size(emissions.lengths().maxSteps())
        .size(emissions.lengths().batch())
        .size(emissions.values().shape().dim(2));
  }

  private Scratch scratch(Tensor work, Tensor e) {
    return Scratch.of(gpu.address(work), e.shape().dim(0), e.shape().dim(1), e.shape().dim(2));
  }

  private void requireFits(Sequences emissions, Tensor transitions, Tensor work) {
    Tensor e = Operands.floats("emissions", emissions.values());
    int labels = e.shape().dim(2);
    transitions.require("transitions", DType.F32, labels + 2, labels);
    Operands.scratch("work", work, workBytes(e.shape().dim(0), e.shape().dim(1), labels));
  }
}
