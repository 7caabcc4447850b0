package dev.carousel.reference;

import dev.carousel.spi.AdditiveAttentionKernels;
import dev.carousel.spi.AttentionBackward;
import dev.carousel.spi.AttentionForward;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Additive attention, the rows of a batch shared out; see {@link AdditiveAttentionRow}. */
final class ReferenceAdditiveAttention implements AdditiveAttentionKernels {
  private final Workers workers;
  private final Gemm gemm;
  private final ThreadScratch scratch;
  private final ThreadScratch ofEnergy = new ThreadScratch();

  ReferenceAdditiveAttention(Workers workers, Gemm gemm, ThreadScratch scratch) {
    this.workers = workers;
    this.gemm = gemm;
    this.scratch = scratch;
  }

  @Override
  public void forward(AttentionForward io, Tensor energy) {
    AdditiveAttentionRow rows = new AdditiveAttentionRow(gemm, scratch, io, energy);
    ReferenceAttention.requireDisjoint(io);
    Operands.disjoint("energy", energy, "out", io.out());
    workers.run(io.keys().batch(), rows.operations(), rows::forward);
  }

  @Override
  public void backward(AttentionBackward io, Tensor energy, @Nullable Tensor dEnergy) {
    AdditiveAttentionRow rows = new AdditiveAttentionRow(gemm, scratch, io.forward(), energy);
    rows.takeGradients(io);
    int n = io.forward().keys().batch();
    int k = (int) energy.size();
    if (dEnergy != null) {
      dEnergy.require("dEnergy", energy.type(), k);
    }
    double[] parts = ofEnergy.take((long) n * k).array();
    rows.takeEnergyGradients(parts);
    workers.run(n, 2 * rows.operations(), rows::backward);
    if (dEnergy != null) {
      addRows(parts, n, k, Reals.of("dEnergy", dEnergy));
    }
  }

  /** In the order of the rows, whoever computed them (R10). */
  private static void addRows(double[] parts, int n, int k, Reals to) {
    for (int j = 0; j < k; j++) {
      double sum = 0;
      for (int row = 0; row < n; row++) {
        sum += parts[row * k + j];
      }
      to.add(j, sum);
    }
  }
}
