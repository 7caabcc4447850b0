package dev.carousel.cpu.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.global.dnnl;
import org.jspecify.annotations.Nullable;

/**
 * Products of row blocks, {@code [rows, K] · [K, N] → [rows, N]}, the result in single precision.
 */
final class Matmul implements AutoCloseable {
  private final Kernel[] kernels = new Kernel[RowBlocks.count()];
  private final Layout packed;

  /** Whether a row of N is added to every row of the result. */
  enum Bias {
    NONE,
    ROW
  }

  /**
   * A product with a packed matrix [K, N] that stays the same over many calls.
   *
   * @param type of the rows and the matrix
   */
  Matmul(Engine engine, NativeType type, int k, int n, Bias bias) {
    try (Layout any = Layout.any(type, k, n);
        Layout row = Layout.rows(NativeType.F32, n, 1, n)) {
      @Nullable Layout added = bias == Bias.ROW ? row : null;
      kernels[0] = compile(engine, type, RowBlocks.size(0), k, n, any, added);
      packed = kernels[0].layout(DNNL_ARG_WEIGHTS);
      for (int i = 1; i < kernels.length; i++) {
        kernels[i] = compile(engine, type, RowBlocks.size(i), k, n, packed, added);
      }
    }
  }

  private static Kernel compile(
      Engine engine,
      NativeType type,
      int rows,
      int k,
      int n,
      Layout matrix,
      @Nullable Layout bias) {
    dnnl_memory_desc added = bias == null ? null : bias.desc();
    try (Layout in = Layout.rows(type, k, rows, k);
        Layout out = Layout.rows(NativeType.F32, n, rows, n)) {
      return Kernel.compile(
          "matmul in " + type,
          (desc, attr) ->
              dnnl.dnnl_matmul_primitive_desc_create(
                  desc, engine.handle(), in.desc(), matrix.desc(), added, out.desc(), attr));
    }
  }

  /** The kernel {@code sum + aᵀ b} over the rows of two blocks: [rows, N]ᵀ · [rows, K] → [N, K]. */
  static Kernel transposedSum(Engine engine, NativeType type, int rows, int n, int k) {
    try (Layout a = Layout.strided(type, new long[] {n, rows}, new long[] {1, n});
        Layout b = Layout.rows(type, k, rows, k);
        Layout out = Layout.rows(NativeType.F32, k, n, k)) {
      return Kernel.compile(
          "transposed matmul in " + type,
          (desc, attr) -> {
            addToDestination(attr);
            return dnnl.dnnl_matmul_primitive_desc_create(
                desc, engine.handle(), a.desc(), b.desc(), null, out.desc(), attr);
          });
    }
  }

  private static void addToDestination(dnnl_primitive_attr attr) {
    dnnl_post_ops ops = new dnnl_post_ops();
    DnnlStatus.check(dnnl.dnnl_post_ops_create(ops), "dnnl_post_ops_create");
    try {
      DnnlStatus.check(
          dnnl.dnnl_post_ops_append_sum(ops, 1, 0, dnnl.dnnl_data_type_undef),
          "dnnl_post_ops_append_sum");
      DnnlStatus.check(
          dnnl.dnnl_primitive_attr_set_post_ops(attr, ops), "dnnl_primitive_attr_set_post_ops");
    } finally {
      dnnl.dnnl_post_ops_destroy(ops);
    }
  }

  Kernel kernel(int block) {
    return kernels[block];
  }

  /** How the matrix must be packed. */
  Layout packed() {
    return packed;
  }

  long scratchpadBytes() {
    long most = 0;
    for (Kernel k : kernels) {
      most = Math.max(most, k.scratchpadBytes());
    }
    return most;
  }

  @Override
  public void close() {
    for (Kernel k : kernels) {
      k.close();
    }
    packed.close();
  }
}
