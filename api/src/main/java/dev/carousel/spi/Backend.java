package dev.carousel.spi;

import java.util.Map;

/**
 * One device and the kernels that run on it: a sum of small groups. Kernels take every output
 * buffer from the caller, know nothing of gradients' bookkeeping, and have no training flag. All
 * groups may be used by any number of threads at once, as long as no two of them write to the same
 * tensors.
 */
public interface Backend extends AutoCloseable {
  /** The name it is asked for by: {@code reference}, {@code cpu}, {@code cuda}. */
  String name();

  /**
   * What it is made of, for reports and provenance: device, library versions, threads, and for each
   * kernel group where it runs. Ordered.
   */
  Map<String, String> describe();

  /** Allocation and transfer. */
  Memory memory();

  /** Recurrent layers. */
  RnnKernels rnn();

  /** Linear layers. */
  LinearKernels linear();

  /** Sums, products, activations, concatenation. */
  ElementwiseKernels elementwise();

  /** Lookup tables. */
  EmbeddingKernels embedding();

  /** Reductions over time. */
  PoolingKernels pooling();

  /** Weighted sums over time. */
  AttentionKernels attention();

  /** Weighted sums over time, scored by a learned layer. */
  AdditiveAttentionKernels additiveAttention();

  /** Layer normalisation. */
  NormalizationKernels normalization();

  /** Losses of independent predictions. */
  LossKernels loss();

  /** Linear-chain conditional random fields. */
  CrfKernels crf();

  /** Dropout. */
  NoiseKernels noise();

  /** Clipping and parameter updates. */
  OptimizerKernels optimizer();

  /** Recording of whole steps. */
  Capture capture();

  /** Gives everything back. Plans, weights and storages must have been closed before. */
  @Override
  void close();
}
