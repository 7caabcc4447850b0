package dev.carousel.cpu.onednn;

import org.bytedeco.javacpp.Pointer;

/** The kernels and the packing that the backward pass of a linear layer needs. */
final class LinearGradient implements AutoCloseable {
  private final Matmul input;
  private final PackedMatrix matrix;
  private final Kernel[] weight = new Kernel[RowBlocks.count()];

  /**
   * @param staging where W [O, I] lies in plain single precision
   */
  LinearGradient(Engine engine, NativeType type, int outputs, int inputs, Pointer staging) {
    input = new Matmul(engine, type, outputs, inputs, Matmul.Bias.NONE);
    try (Layout plain = Layout.rows(NativeType.F32, inputs, outputs, inputs)) {
      matrix = new PackedMatrix(engine, plain, staging, input.packed());
    }
    for (int i = 0; i < weight.length; i++) {
      weight[i] = Matmul.transposedSum(engine, type, RowBlocks.size(i), outputs, inputs);
    }
  }

  void pack(Stream stream) {
    matrix.pack(stream);
  }

  /** {@code dx = dy W}. */
  Matmul input() {
    return input;
  }

  /** W as {@link #input} reads it. */
  PackedMatrix matrix() {
    return matrix;
  }

  /** {@code dW += dyᵀ x}. */
  Kernel weight(int block) {
    return weight[block];
  }

  long scratchpadBytes() {
    long most = input.scratchpadBytes();
    for (Kernel k : weight) {
      most = Math.max(most, k.scratchpadBytes());
    }
    return most;
  }

  @Override
  public void close() {
    matrix.close();
    input.close();
    for (Kernel k : weight) {
      k.close();
    }
  }
}
