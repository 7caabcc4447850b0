package dev.carousel.cuda;

import static org.bytedeco.cuda.global.cublas.CUBLASLT_EPILOGUE_BIAS;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_EPILOGUE_DEFAULT;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_MATMUL_DESC_BIAS_POINTER;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_MATMUL_DESC_EPILOGUE;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_MATMUL_DESC_TRANSA;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_MATMUL_DESC_TRANSB;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_A_BYTES;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_B_BYTES;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_C_BYTES;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_D_BYTES;
import static org.bytedeco.cuda.global.cublas.CUBLAS_COMPUTE_32F;
import static org.bytedeco.cuda.global.cublas.CUBLAS_COMPUTE_32F_FAST_16BF;
import static org.bytedeco.cuda.global.cublas.CUBLAS_COMPUTE_32F_FAST_16F;
import static org.bytedeco.cuda.global.cublas.CUBLAS_COMPUTE_32F_FAST_TF32;
import static org.bytedeco.cuda.global.cublas.CUBLAS_OP_N;
import static org.bytedeco.cuda.global.cublas.CUBLAS_OP_T;
import static org.bytedeco.cuda.global.cublas.CUBLAS_STATUS_SUCCESS;
import static org.bytedeco.cuda.global.cudart.CUDA_R_32F;
import static org.bytedeco.cuda.global.cudart.MAJOR_VERSION;
import static org.bytedeco.cuda.global.cudart.MINOR_VERSION;

import dev.carousel.rnn.Precision;
import org.bytedeco.cuda.cublas.cublasLtContext;
import org.bytedeco.cuda.cublas.cublasLtMatmulDescOpaque_t;
import org.bytedeco.cuda.cublas.cublasLtMatmulHeuristicResult_t;
import org.bytedeco.cuda.cublas.cublasLtMatmulPreferenceOpaque_t;
import org.bytedeco.cuda.cublas.cublasLtMatrixLayoutOpaque_t;
import org.bytedeco.cuda.global.cublas;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** cuBLASLt through JavaCPP. */
final class JavaCppBlas implements Blas {
  private static final long WORKSPACE = 32L << 20;

  private final JavaCppDriver driver;
  private final cublasLtContext handle = new cublasLtContext();
  private final long workspace;
  private final FloatPointer one = new FloatPointer(1f);
  private final FloatPointer zero = new FloatPointer(0f);

  JavaCppBlas(JavaCppDriver driver) {
    this.driver = driver;
    check("cublasLtCreate", cublas.cublasLtCreate(handle));
    workspace = driver.allocate(WORKSPACE);
    if (workspace == 0) {
      throw new LibraryException(
          "cuMemAlloc of cuBLASLt's work space of " + WORKSPACE + " bytes", 2, "out of memory");
    }
  }

  private static void check(String call, int status) {
    if (status != CUBLAS_STATUS_SUCCESS) {
      throw new LibraryException(call, status, cublas.cublasLtGetStatusName(status).getString());
    }
  }

  @Override
  public CudaVersion version() {
    return new CudaVersion(property(MAJOR_VERSION), property(MINOR_VERSION));
  }

  private static int property(int property) {
    int[] value = new int[1];
    check("cublasGetProperty", cublas.cublasGetProperty(property, value));
    return value[0];
  }

  private static int compute(Precision precision) {
    return switch (precision) {
      case TF32 -> CUBLAS_COMPUTE_32F_FAST_TF32;
      case F16 -> CUBLAS_COMPUTE_32F_FAST_16F;
      case BF16 -> CUBLAS_COMPUTE_32F_FAST_16BF;
      case F32, F64, INT8 -> CUBLAS_COMPUTE_32F;
    };
  }

  private static void set(cublasLtMatmulDescOpaque_t desc, int attribute, int value) {
    try (IntPointer v = new IntPointer(1).put(0, value)) {
      check(
          "cublasLtMatmulDescSetAttribute",
          cublas.cublasLtMatmulDescSetAttribute(desc, attribute, v, 4));
    }
  }

  private static void prefer(cublasLtMatmulPreferenceOpaque_t pref, int attribute, int value) {
    try (IntPointer v = new IntPointer(1).put(0, value)) {
      check(
          "cublasLtMatmulPreferenceSetAttribute",
          cublas.cublasLtMatmulPreferenceSetAttribute(pref, attribute, v, 4));
    }
  }

  private static cublasLtMatrixLayoutOpaque_t layout(long rows, long columns) {
    try (PointerPointer<Pointer> made = new PointerPointer<>(1)) {
      check(
          "cublasLtMatrixLayoutCreate",
          cublas.cublasLtMatrixLayoutCreate(made, CUDA_R_32F, rows, columns, rows));
      return new cublasLtMatrixLayoutOpaque_t(made.get(0));
    }
  }

  @Override
  public Product prepare(Problem p) {
    return new LtProduct(p);
  }

  private final class LtProduct implements Product {
    private final Problem problem;
    private final cublasLtMatmulDescOpaque_t desc;
    private final cublasLtMatrixLayoutOpaque_t a;
    private final cublasLtMatrixLayoutOpaque_t b;
    private final cublasLtMatrixLayoutOpaque_t c;
    private final cublasLtMatmulHeuristicResult_t chosen;
    private final HostBytes[] operands = {
      new HostBytes(), new HostBytes(), new HostBytes(), new HostBytes()
    };
    private final LongPointer bias = new LongPointer(1);

    LtProduct(Problem p) {
      problem = p;
      try (PointerPointer<Pointer> made = new PointerPointer<>(1)) {
        check(
            "cublasLtMatmulDescCreate",
            cublas.cublasLtMatmulDescCreate(made, compute(p.precision()), CUDA_R_32F));
        desc = new cublasLtMatmulDescOpaque_t(made.get(0));
      }
      set(desc, CUBLASLT_MATMUL_DESC_TRANSA, p.transposeA() ? CUBLAS_OP_T : CUBLAS_OP_N);
      set(desc, CUBLASLT_MATMUL_DESC_TRANSB, p.transposeB() ? CUBLAS_OP_T : CUBLAS_OP_N);
      set(
          desc,
          CUBLASLT_MATMUL_DESC_EPILOGUE,
          p.addition() == Addition.BIAS ? CUBLASLT_EPILOGUE_BIAS : CUBLASLT_EPILOGUE_DEFAULT);
      a = p.transposeA() ? layout(p.k(), p.m()) : layout(p.m(), p.k());
      b = p.transposeB() ? layout(p.n(), p.k()) : layout(p.k(), p.n());
      c = layout(p.m(), p.n());
      chosen = choose();
    }

    /** What cuBLASLt's own heuristic puts first, for operands as aligned as these. */
    private cublasLtMatmulHeuristicResult_t choose() {
      try (PointerPointer<Pointer> made = new PointerPointer<>(1)) {
        check("cublasLtMatmulPreferenceCreate", cublas.cublasLtMatmulPreferenceCreate(made));
        var pref = new cublasLtMatmulPreferenceOpaque_t(made.get(0));
        try (LongPointer bytes = new LongPointer(1).put(0, WORKSPACE)) {
          check(
              "cublasLtMatmulPreferenceSetAttribute",
              cublas.cublasLtMatmulPreferenceSetAttribute(
                  pref, CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES, bytes, 8));
        }
        prefer(pref, CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_A_BYTES, problem.alignment());
        prefer(pref, CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_B_BYTES, problem.alignment());
        prefer(pref, CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_C_BYTES, problem.alignment());
        prefer(pref, CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_D_BYTES, problem.alignment());
        var result = new cublasLtMatmulHeuristicResult_t(1);
        int[] found = new int[1];
        int status =
            cublas.cublasLtMatmulAlgoGetHeuristic(handle, desc, a, b, c, c, pref, 1, result, found);
        cublas.cublasLtMatmulPreferenceDestroy(pref);
        check("cublasLtMatmulAlgoGetHeuristic for " + problem, status);
        if (found[0] == 0) {
          throw new LibraryException(
              "cublasLtMatmulAlgoGetHeuristic for " + problem, 15, "no implementation");
        }
        return result;
      }
    }

    @Override
    public void run(long atA, long atB, long atC, long atBias) {
      if (problem.addition() == Addition.BIAS) {
        bias.put(0, atBias);
        check(
            "cublasLtMatmulDescSetAttribute",
            cublas.cublasLtMatmulDescSetAttribute(
                desc, CUBLASLT_MATMUL_DESC_BIAS_POINTER, bias, 8));
      }
      check(
          "cublasLtMatmul",
          cublas.cublasLtMatmul(
              handle,
              desc,
              one,
              operands[0].move(atA),
              a,
              operands[1].move(atB),
              b,
              problem.addition() == Addition.OUTPUT ? one : zero,
              operands[2].move(atC),
              c,
              operands[2],
              c,
              chosen.algo(),
              operands[3].move(workspace),
              WORKSPACE,
              driver.stream()));
    }

    @Override
    public void close() {
      cublas.cublasLtMatrixLayoutDestroy(a);
      cublas.cublasLtMatrixLayoutDestroy(b);
      cublas.cublasLtMatrixLayoutDestroy(c);
      cublas.cublasLtMatmulDescDestroy(desc);
      chosen.close();
      bias.close();
    }
  }

  @Override
  public void close() {
    driver.free(workspace);
    one.close();
    zero.close();
    check("cublasLtDestroy", cublas.cublasLtDestroy(handle));
  }
}
