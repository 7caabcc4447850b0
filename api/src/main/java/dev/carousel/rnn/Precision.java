package dev.carousel.rnn;

import dev.carousel.tensor.DType;

/**
 * The arithmetic of a kernel, picked by name and reported; nothing lowers it silently. Master
 * weights, gradients and states stay {@link #storage()} whatever the precision.
 */
public enum Precision {
  /** Double throughout; the oracle's. */
  F64(DType.F64),
  /** IEEE single. */
  F32(DType.F32),
  /** NVIDIA's 19-bit products with single accumulation. */
  TF32(DType.F32),
  /** bfloat16 products with single accumulation. */
  BF16(DType.F32),
  /** Half products with single accumulation. */
  F16(DType.F32),
  /**
   * Products of integers of eight bits, for inference alone: each row of a weight matrix has a
   * scale, each row of its operand one that is found as it is read (dynamic quantisation); sums are
   * exact, biases, gates and states single. Errors are about a hundredth of a row's largest value.
   */
  INT8(DType.F32);

  private final DType storage;

  Precision(DType storage) {
    this.storage = storage;
  }

  /** Whether networks can be trained in it. */
  public boolean trains() {
    return this != INT8;
  }

  /** The type of the tensors that are handed to a kernel of this precision. */
  public DType storage() {
    return storage;
  }
}
