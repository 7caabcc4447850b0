package dev.carousel.cuda;

import dev.carousel.spi.AdditiveAttentionKernels;
import dev.carousel.spi.AttentionBackward;
import dev.carousel.spi.AttentionForward;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Additive attention on the device. Letters as in {@link dev.carousel.spi.AttentionKernels}. */
record CudaAdditiveAttention(Gpu gpu) implements AdditiveAttentionKernels {
  @Override
  public void forward(AttentionForward io, Tensor energy) {
    requireFits(io, energy);
    Operands.disjoint("energy", energy, "weights", io.weights());
    Operands.disjoint("energy", energy, "out", io.out());
    try (Gpu.Turn turn = gpu.turn()) {
      Launch launch =
          turn.kernel(Kernel.ADDITIVE_ATTENTION)
              .at(io.q())
              .at(io.k())
              .at(io.v())
              .at(energy)
              .at(Ragged.device(io.keys()))
              .real((float) io.scale())
              .at(io.weights())
              .at(io.out());
      CudaAttention.sizes(launch, io).blocks(CudaAttention.queries(io));
    }
  }

  @Override
  public void backward(AttentionBackward io, Tensor energy, @Nullable Tensor dEnergy) {
    AttentionForward f = io.forward();
    requireFits(f, energy);
    CudaAttention.requireGradients(io);
    Operands.likeIfGiven("dEnergy", dEnergy, energy);
    ColumnSums sums = new ColumnSums(CudaAttention.queries(f), energy.size());
    long ofSums = dEnergy == null ? 0 : sums.bytes();
    long ofEnergies = dEnergy == null ? 0 : sums.rows() * sums.columns() * Float.BYTES;
    try (Gpu.Turn turn = gpu.turn()) {
      long scratch = gpu.scratch(ofSums + ofEnergies + f.weights().size() * Float.BYTES);
      long dEnergies = dEnergy == null ? 0 : scratch + ofSums;
      long dScores = scratch + ofSums + ofEnergies;
      scores(turn, io, energy, new Scratch(dScores, dEnergies));
      keys(turn, io, energy, dScores);
      if (dEnergy != null) {
        sums.addTo(turn, dEnergies, scratch, dEnergy);
      }
    }
  }

  /**
   * Addresses of what one kernel leaves for the next.
   *
   * @param dScores [Q, N, T]
   * @param dEnergies [Q, N, K], 0 for none
   */
  private record Scratch(long dScores, long dEnergies) {}

  private static void scores(Gpu.Turn turn, AttentionBackward io, Tensor energy, Scratch scratch) {
    AttentionForward f = io.forward();
    Launch launch =
        turn.kernel(Kernel.ADDITIVE_ATTENTION_SCORES_BACKWARD)
            .at(f.q())
            .at(f.k())
            .at(f.v())
            .at(energy)
            .at(Ragged.device(f.keys()))
            .real((float) f.scale())
            .at(f.weights())
            .at(io.dOut())
            .at(scratch.dScores())
            .at(io.dq())
            .at(scratch.dEnergies());
    CudaAttention.sizes(launch, f).blocks(CudaAttention.queries(f));
  }

  private static void keys(Gpu.Turn turn, AttentionBackward io, Tensor energy, long dScores) {
    AttentionForward f = io.forward();
    Launch launch =
        turn.kernel(Kernel.ADDITIVE_ATTENTION_KEYS_BACKWARD)
            .at(f.q())
            .at(f.k())
            .at(energy)
            .at(Ragged.device(f.keys()))
            .at(f.weights())
            .at(dScores)
            .at(io.dOut())
            .at(io.dk())
            .at(io.dv());
    CudaAttention.sizes(launch, f).blocks(CudaAttention.keys(f));
  }

  private static void requireFits(AttentionForward io, Tensor energy) {
    CudaAttention.requireFits(io);
    energy.require("energy", DType.F32, io.q().shape().dim(2));
  }
}
