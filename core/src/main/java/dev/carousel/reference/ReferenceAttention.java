package dev.carousel.reference;

import dev.carousel.spi.AttentionBackward;
import dev.carousel.spi.AttentionForward;
import dev.carousel.spi.AttentionKernels;

/** Attention, the rows of a batch shared out; the equations are in {@link AttentionRow}. */
record ReferenceAttention(Workers workers, Gemm gemm, ThreadScratch scratch)
    implements AttentionKernels {
  @Override
  public void forward(AttentionForward io) {
    AttentionRow rows = new DotAttentionRow(gemm, scratch, io);
    requireDisjoint(io);
    workers.run(io.keys().batch(), rows.operations(), rows::forward);
  }

  @Override
  public void backward(AttentionBackward io) {
    AttentionRow rows = new DotAttentionRow(gemm, scratch, io.forward());
    rows.takeGradients(io);
    workers.run(io.forward().keys().batch(), 2 * rows.operations(), rows::backward);
  }

  static void requireDisjoint(AttentionForward io) {
    Operands.disjoint("q", io.q(), "out", io.out());
    Operands.disjoint("k", io.k(), "out", io.out());
    Operands.disjoint("v", io.v(), "out", io.out());
  }
}
