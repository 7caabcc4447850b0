package dev.carousel.spi;

import dev.carousel.tensor.Tensor;

/**
 * Lookup tables. V rows of D features; ids I32 [...]. A negative id stands for no row: it reads
 * zeros and has no gradient, so padding needs no row of its own.
 */
public interface EmbeddingKernels {
  /**
   * {@code out[i] = table[ids[i]]}.
   *
   * @param ids [...], each below V
   * @param table [V, D]
   * @param out written, [..., D]
   * @throws IllegalArgumentException on the host, naming an id that is not below V
   */
  void gather(Tensor ids, Tensor table, Tensor out);

  /**
   * {@code dTable[ids[i]] += dOut[i]}, in a fixed order (rule R10), without a dense intermediate.
   *
   * @param dTable added to, [V, D]
   */
  void scatterAdd(Tensor ids, Tensor dOut, Tensor dTable);
}
