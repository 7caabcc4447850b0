package dev.carousel.cuda;

import dev.carousel.cuda.Blas.Addition;
import dev.carousel.cuda.Blas.Problem;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.LinearBackward;
import dev.carousel.spi.LinearKernels;
import dev.carousel.spi.LinearWeights;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Linear layers by cuBLASLt, the bias added within the product. Its matrices are column-major, so
 * it sees every tensor of ours transposed. Tensors are single; narrow precisions are what the
 * library rounds its operands to.
 */
final class CudaLinear implements LinearKernels, AutoCloseable {
  private final Gpu gpu;
  private final Support support;
  private final Map<Problem, Blas.Product> products = new HashMap<>();

  CudaLinear(Gpu gpu, Support support) {
    this.gpu = gpu;
    this.support = support;
  }

  @Override
  public LinearWeights pack(Tensor w, Precision precision) {
    support.require(precision);
    Operands.floats("w", w);
    if (w.shape().rank() != 2) {
      throw new IllegalArgumentException("w must have shape [O, I], not " + w.shape());
    }
    gpu.address(w);
    return new CudaLinearWeights(w, precision);
  }

  /** yᵀ [O, M] = W xᵀ, where W lies as [I, O] and xᵀ as [I, M]. */
  @Override
  public void forward(Tensor x, LinearWeights w, @Nullable Tensor bias, Tensor y) {
    Tensor m = matrix(w);
    int inputs = m.shape().dim(1);
    int outputs = m.shape().dim(0);
    requireRows("x", x, inputs);
    y.require("y", DType.F32, withLast(x, outputs));
    if (bias != null) {
      bias.require("bias", DType.F32, outputs);
    }
    Operands.disjoint("x", x, "y", y);
    int rows = x.shape().rows();
    try (Gpu.Turn turn = gpu.turn()) {
      if (rows == 0) {
        return;
      }
      long at = bias == null ? 0 : gpu.address(bias);
      Addition addition = bias == null ? Addition.NONE : Addition.BIAS;
      int alignment = alignment(x, m, y, bias);
      Problem problem =
          new Problem(outputs, rows, inputs, true, false, w.precision(), addition, alignment);
      run(turn, problem, m, x, y, at);
    }
  }

  @Override
  public void backward(LinearBackward io) {
    Tensor m = matrix(io.w());
    int inputs = m.shape().dim(1);
    int outputs = m.shape().dim(0);
    requireRows("x", io.x(), inputs);
    io.dy().require("dy", DType.F32, withLast(io.x(), outputs));
    if (io.dx() != null) {
      io.dx().require("dx", DType.F32, io.x().shape().dims());
      Operands.disjoint("dy", io.dy(), "dx", io.dx());
    }
    if (io.dw() != null) {
      io.dw().require("dw", DType.F32, outputs, inputs);
    }
    if (io.dBias() != null) {
      io.dBias().require("dBias", DType.F32, outputs);
    }
    try (Gpu.Turn turn = gpu.turn()) {
      if (io.x().shape().rows() > 0) {
        gradients(turn, io, m);
      }
    }
  }

  /** dxᵀ [I, M] = Wᵀ dyᵀ; dWᵀ [I, O] += xᵀ dy. */
  private void gradients(Gpu.Turn turn, LinearBackward io, Tensor m) {
    int rows = io.x().shape().rows();
    int inputs = m.shape().dim(1);
    int outputs = m.shape().dim(0);
    Precision precision = io.w().precision();
    if (io.dx() != null) {
      int alignment = alignment(io.dy(), m, io.dx(), null);
      Problem p =
          new Problem(inputs, rows, outputs, false, false, precision, Addition.NONE, alignment);
      run(turn, p, m, io.dy(), io.dx(), 0);
    }
    if (io.dw() != null) {
      int alignment = alignment(io.x(), io.dy(), io.dw(), null);
      Problem p =
          new Problem(inputs, outputs, rows, false, true, precision, Addition.OUTPUT, alignment);
      run(turn, p, io.x(), io.dy(), io.dw(), 0);
    }
    if (io.dBias() != null) {
      sumRows(turn, io.dy(), io.dBias());
    }
  }

  private void sumRows(Gpu.Turn turn, Tensor dy, Tensor dBias) {
    ColumnSums sums = new ColumnSums(dy.shape().rows(), dBias.size());
    sums.addTo(turn, gpu.address(dy), gpu.scratch(sums.bytes()), dBias);
  }

  private void run(Gpu.Turn turn, Problem problem, Tensor a, Tensor b, Tensor c, long bias) {
    turn.driver(); // the products below start work on its stream
    products
        .computeIfAbsent(problem, gpu.blas()::prepare)
        .run(gpu.address(a), gpu.address(b), gpu.address(c), bias);
  }

  private int alignment(Tensor a, Tensor b, Tensor c, @Nullable Tensor d) {
    long bits = 256 | gpu.address(a) | gpu.address(b) | gpu.address(c);
    bits |= d == null ? 0 : gpu.address(d);
    return (int) Long.lowestOneBit(bits);
  }

  private static Tensor matrix(LinearWeights w) {
    if (w instanceof CudaLinearWeights mine) {
      return mine.master();
    }
    throw new IllegalArgumentException(
        "weights packed by another backend: " + w.getClass().getSimpleName());
  }

  private static void requireRows(String name, Tensor t, int last) {
    Operands.floats(name, t);
    t.require(name, DType.F32, withLast(t, last));
  }

  private static int[] withLast(Tensor t, int last) {
    Operands.leading(t);
    int[] dims = t.shape().dims();
    dims[dims.length - 1] = last;
    return dims;
  }

  @Override
  public void close() {
    products.values().forEach(Blas.Product::close);
    products.clear();
  }
}
