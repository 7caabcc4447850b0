package dev.carousel.reference;

import dev.carousel.spi.AttentionForward;

/** Dot products as scores: S = Q Kᵀ. */
final class DotAttentionRow extends AttentionRow {
  private final Gemm gemm;

  DotAttentionRow(Gemm gemm, ThreadScratch scratch, AttentionForward io) {
    super(gemm, scratch, io);
    this.gemm = gemm;
  }

  @Override
  double scoreOperations() {
    return 2.0 * keySize();
  }

  @Override
  long scoreScratch() {
    return 0;
  }

  @Override
  void scores(ThreadScratch.Room room, Matrix q, Matrix k, Matrix s) {
    Matrix transposed = room.matrix(keySize(), k.rows());
    transposed.setTransposed(k);
    gemm.add(q, transposed, s);
  }

  /** dQ = dS K, dK = dSᵀ Q. */
  @Override
  void scoresBackward(int n, ThreadScratch.Room room, Matrix q, Matrix k, Matrix ds) {
    Matrix dq = room.zeros(q.rows(), keySize());
    gemm.add(ds, k, dq);
    Matrix dk = room.zeros(k.rows(), keySize());
    gemm.addTransposed(ds, q, dk);
    writeGradients(n, dq, dk);
  }
}
