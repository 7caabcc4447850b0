package dev.carousel.reference;

import dev.carousel.spi.AttentionForward;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;

/** Scores of a layer with one output: S_it = Σ_j e_j tanh(Q_ij + K_tj). */
final class AdditiveAttentionRow extends AttentionRow {
  /** Floating-point operations that a hyperbolic tangent is worth. */
  private static final double TANH = 30;

  private final Reals energy;
  private double[] energyGradients = {};

  AdditiveAttentionRow(Gemm gemm, ThreadScratch scratch, AttentionForward io, Tensor energy) {
    super(gemm, scratch, io);
    this.energy = Reals.of("energy", energy.require("energy", io.q().type(), keySize()));
  }

  /** Where each row leaves its part of the energy's gradient, [N, K]. */
  void takeEnergyGradients(double[] room) {
    energyGradients = room;
  }

  @Override
  double scoreOperations() {
    return TANH * keySize();
  }

  @Override
  long scoreScratch() {
    return keySize();
  }

  private Matrix energy(ThreadScratch.Room room) {
    Matrix e = room.matrix(1, keySize());
    energy.read(0, e.array(), e.at(), keySize());
    return e;
  }

  @Override
  void scores(ThreadScratch.Room room, Matrix q, Matrix k, Matrix s) {
    Matrix e = energy(room);
    double[] x = e.array();
    for (int i = 0; i < q.rows(); i++) {
      for (int t = 0; t < k.rows(); t++) {
        double sum = 0;
        for (int j = 0; j < keySize(); j++) {
          sum += x[e.at() + j] * Math.tanh(x[q.row(i) + j] + x[k.row(t) + j]);
        }
        x[s.row(i) + t] = sum;
      }
    }
  }

  /** With h = tanh(q + k): de += dS h; dq and dk += dS e (1 − h²). */
  @Override
  void scoresBackward(int n, ThreadScratch.Room room, Matrix q, Matrix k, Matrix ds) {
    Matrix e = energy(room);
    Matrix dq = room.zeros(q.rows(), keySize());
    Matrix dk = room.zeros(k.rows(), keySize());
    int de = n * keySize();
    Arrays.fill(energyGradients, de, de + keySize(), 0);
    double[] x = e.array();
    for (int i = 0; i < q.rows(); i++) {
      for (int t = 0; t < k.rows(); t++) {
        double d = x[ds.row(i) + t];
        for (int j = 0; j < keySize(); j++) {
          double h = Math.tanh(x[q.row(i) + j] + x[k.row(t) + j]);
          double slope = d * x[e.at() + j] * (1 - h * h);
          energyGradients[de + j] += d * h;
          x[dq.row(i) + j] += slope;
          x[dk.row(t) + j] += slope;
        }
      }
    }
    writeGradients(n, dq, dk);
  }
}
